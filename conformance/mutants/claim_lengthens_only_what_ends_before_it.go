// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimLengthensOnlyWhatEndsBeforeIt = Mutant{
	Name: "claim-lengthens-only-what-ends-before-it", Breaks: spec.CLM14, Fact: "F167",
	Does:  "claim_create leaves the life of a message as it is when that is longer than the ttl of the claim",
	Store: func(next store.Data) store.Data { return &grudging{Data: next} },
}

type grudging struct {
	store.Data

	ttl memo[string, time.Duration] // that a message keeps
}

func (s *grudging) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	free, _ := s.ListMessages(ctx, q, store.Filter{}, store.Page{Batch: b})
	for _, m := range free {
		if m.TTL-m.Age >= l.TTL {
			s.ttl.put(m.ID, m.TTL)
		}
	}
	return s.Data.CreateClaim(ctx, q, l, b)
}

func (s *grudging) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	all, err := s.Data.MessagesByID(ctx, q, ids)
	return slices.DeleteFunc(all, func(m store.Message) bool {
		ttl, keeps := s.ttl.get(m.ID)
		return keeps && m.Age >= ttl
	}), err
}
