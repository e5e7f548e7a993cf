// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimUpdateLengthensNoLife = Mutant{
	Name: "claim-update-lengthens-no-life", Breaks: spec.CLM27,
	Does:  "claim_update gives the messages of the claim no longer life",
	Store: func(next store.Data) store.Data { return &miserly{Data: next} },
}

type miserly struct {
	store.Data

	ttl memo[string, time.Duration] // that a message of an updated claim has
}

func (s *miserly) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	c, err := s.Claim(ctx, q, id)
	for _, m := range c.Messages {
		s.ttl.put(m.ID, m.TTL)
	}
	if err != nil {
		return err
	}
	return s.Data.RenewClaim(ctx, q, id, l)
}

func (s *miserly) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	c, err := s.Data.Claim(ctx, q, id)
	for i, m := range c.Messages {
		if ttl, known := s.ttl.get(m.ID); known {
			c.Messages[i].TTL = ttl
		}
	}
	c.Messages = slices.DeleteFunc(c.Messages, func(m store.Message) bool { return m.Age >= m.TTL })
	return c, err
}
