// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimPromisesALongerLife = Mutant{
	Name: "claim-promises-a-longer-life", Breaks: spec.CLM13, Fact: "F168, F299",
	Does:  "claim_create promises its messages a longer life, and lets them go at their old end, unless the claim is updated",
	Store: func(next store.Data) store.Data { return &promising{Data: next} },
}

type promising struct {
	store.Data

	ttl memo[string, time.Duration] // that a message really has
}

func (s *promising) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	free, err := s.ListMessages(ctx, q, store.Filter{}, store.Page{Batch: b})
	if err != nil || len(free) == 0 {
		return store.Claim{}, nil //nolint:nilerr // no queue is no error
	}
	for _, m := range free {
		s.ttl.put(m.ID, m.TTL)
	}
	return s.Data.CreateClaim(ctx, q, l, b)
}

func (s *promising) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	c, err := s.Claim(ctx, q, id)
	for _, m := range c.Messages {
		s.ttl.drop(m.ID)
	}
	if err != nil {
		return err
	}
	return s.Data.RenewClaim(ctx, q, id, l)
}

// living leaves out what has ended by its real ttl.
func (s *promising) living(all []store.Message) []store.Message {
	return slices.DeleteFunc(all, func(m store.Message) bool {
		ttl, known := s.ttl.get(m.ID)
		return known && m.Age >= ttl
	})
}

func (s *promising) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	all, err := s.Data.MessagesByID(ctx, q, ids)
	return s.living(all), err
}

func (s *promising) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	all, err := s.Data.ListMessages(ctx, q, f, p)
	return s.living(all), err
}

func (s *promising) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	c, err := s.Data.Claim(ctx, q, id)
	c.Messages = s.living(c.Messages)
	return c, err
}
