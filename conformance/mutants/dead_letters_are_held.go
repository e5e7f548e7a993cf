// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersAreHeld = Mutant{
	Name: "dead-letters-are-held", Breaks: spec.CLM33, Fact: "F309",
	Does:  "the claim that moves messages holds them where they come to",
	Store: func(next store.Data) store.Data { return &holding{burying{Data: next}} },
}

type holding struct{ burying }

func (s *holding) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	if to, there := s.morgue(ctx, q); there {
		_, _ = s.Data.CreateClaim(ctx, to, l, plenty.Batch)
	}
	return c, err
}
