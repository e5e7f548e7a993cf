// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimsAreNotScoped = Mutant{
	Name: "claims-are-not-scoped", Breaks: spec.CLM18,
	Does:  "claim_get shows a claim of any queue of any project",
	Store: func(next store.Data) store.Data { return &global{Data: next} },
}

type global struct {
	store.Data

	home memo[string, store.Queue] // by claim
}

func (s *global) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	if c.ID != "" {
		s.home.put(c.ID, q)
	}
	return c, err
}

func (s *global) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	if home, is := s.home.get(id); is {
		q = home
	}
	return s.Data.Claim(ctx, q, id)
}
