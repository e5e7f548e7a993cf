// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimTakesTheNewestFirst = Mutant{
	Name: "claim-takes-the-newest-first", Breaks: spec.CLM2,
	Does:  "claim_create leases the last posted messages first",
	Store: func(next store.Data) store.Data { return lifo{next} },
}

type lifo struct{ store.Data }

// CreateClaim leases all that is free, and frees again what stands in front of the last.
func (s lifo) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	free, err := s.ListMessages(ctx, q, store.Filter{}, plenty)
	if err != nil || len(free) <= b.Limit {
		return s.Data.CreateClaim(ctx, q, l, b)
	}
	front, err := s.Data.CreateClaim(ctx, q, l, store.Batch{Limit: len(free) - b.Limit})
	if err != nil {
		return front, err
	}
	defer func() { _ = s.DeleteClaim(ctx, q, front.ID) }()
	return s.Data.CreateClaim(ctx, q, l, b)
}
