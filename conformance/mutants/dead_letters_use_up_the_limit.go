// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersUseUpTheLimit = Mutant{
	Name: "dead-letters-use-up-the-limit", Breaks: spec.CLM31, Fact: "F119",
	Does:  "claim_create leases so many messages fewer than its limit as it has moved",
	Store: func(next store.Data) store.Data { return &tired{burying{Data: next}} },
}

type tired struct{ burying }

func (s *tired) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	first, _ := s.ListMessages(ctx, q, store.Filter{}, store.Page{Batch: b})
	set, _ := s.made.get(q)
	for _, m := range first {
		if set.DeadLetters != "" && set.MaxClaims > 0 && m.ClaimCount >= set.MaxClaims {
			b.Limit--
		}
	}
	if b.Limit > 0 {
		return s.Data.CreateClaim(ctx, q, l, b)
	}
	c, err := s.Data.CreateClaim(ctx, q, l, store.Batch{Limit: 1, Bytes: b.Bytes})
	if c.ID != "" {
		_ = s.DeleteClaim(ctx, q, c.ID)
	}
	return store.Claim{}, err
}
