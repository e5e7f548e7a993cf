// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimMakesTheQueue = Mutant{
	Name: "claim-makes-the-queue", Breaks: spec.CLM3,
	Does:  "claim_create makes the queue when there is none",
	Store: func(next store.Data) store.Data { return making{next} },
}

type making struct{ store.Data }

func (s making) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	if _, err := s.CreateQueue(ctx, q, store.Settings{}); err != nil {
		return store.Claim{}, err
	}
	return s.Data.CreateClaim(ctx, q, l, b)
}
