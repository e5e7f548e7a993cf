// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deletedQueueKeepsItsClaims = Mutant{
	Name: "deleted-queue-keeps-its-claims", Breaks: spec.QUE40,
	Does:  "claim_get shows a claim of a deleted queue, without messages",
	Store: func(next store.Data) store.Data { return &haunting{Data: next} },
}

type haunting struct {
	store.Data

	ghosts memo[string, store.Claim]
	in     memo[store.Queue, []string] // the claims of a queue
}

func (s *haunting) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	if c.ID != "" {
		ids, _ := s.in.get(q)
		s.in.put(q, append(slices.Clone(ids), c.ID))
	}
	return c, err
}

func (s *haunting) DeleteQueue(ctx context.Context, q store.Queue) error {
	ids, _ := s.in.get(q)
	for _, id := range ids {
		if c, err := s.Data.Claim(ctx, q, id); err == nil {
			c.Messages = nil
			s.ghosts.put(id, c)
		}
	}
	return s.Data.DeleteQueue(ctx, q)
}

func (s *haunting) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	if c, is := s.ghosts.get(id); is {
		return c, nil
	}
	return s.Data.Claim(ctx, q, id)
}
