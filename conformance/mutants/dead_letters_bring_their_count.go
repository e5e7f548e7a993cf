// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersBringTheirCount = Mutant{
	Name: "dead-letters-bring-their-count", Breaks: spec.CLM40,
	Does:  "the claims of a message that is moved count on in the dead-letter queue",
	Store: func(next store.Data) store.Data { return &burdened{burying{Data: next}} },
}

type burdened struct{ burying }

func (s *burdened) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	_, before := s.morgue(ctx, q)
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	if to, there := s.morgue(ctx, q); there && !before {
		set, _ := s.made.get(q)
		for range set.MaxClaims {
			again, _ := s.Data.CreateClaim(ctx, to, store.Lease{TTL: time.Second}, plenty.Batch)
			_ = s.DeleteClaim(ctx, to, again.ID)
		}
	}
	return c, err
}
