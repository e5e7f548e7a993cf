// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"errors"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var statsFailAfterAClaim = Mutant{
	Name: "stats-fail-after-a-claim", Breaks: spec.QUE31, Fact: "F302",
	Does:  "queue_get_stats answers with status 500 after a claim of the queue has ended by its ttl",
	Store: func(next store.Data) store.Data { return &uncollected{Data: next} },
}

type uncollected struct {
	store.Data

	claims memo[store.Queue, []string]
}

func (s *uncollected) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	if c.ID != "" {
		claims, _ := s.claims.get(q)
		s.claims.put(q, append(slices.Clone(claims), c.ID))
	}
	return c, err
}

func (s *uncollected) DeleteClaim(ctx context.Context, q store.Queue, id string) error {
	claims, _ := s.claims.get(q)
	s.claims.put(q, slices.DeleteFunc(slices.Clone(claims), func(c string) bool { return c == id }))
	return s.Data.DeleteClaim(ctx, q, id)
}

func (s *uncollected) QueueStats(ctx context.Context, q store.Queue) (store.Stats, error) {
	stats, err := s.Data.QueueStats(ctx, q)
	claims, _ := s.claims.get(q)
	for _, id := range claims {
		if _, ended := s.Claim(ctx, q, id); ended != nil && err == nil {
			err = errors.New("a message names a claim that is gone")
		}
	}
	return stats, err
}
