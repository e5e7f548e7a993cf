// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimGivesTheOldTTL = Mutant{
	Name: "claim-gives-the-old-ttl", Breaks: spec.CLM13,
	Does:  "claim_create gives the ttl that its messages had before they were claimed",
	Store: func(next store.Data) store.Data { return belated{next} },
}

type belated struct{ store.Data }

func (s belated) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	old, err := s.ListMessages(ctx, q, store.Filter{}, store.Page{Batch: b})
	if err != nil {
		return store.Claim{}, nil //nolint:nilerr // no queue is no error
	}
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	for i := range min(len(old), len(c.Messages)) {
		c.Messages[i].TTL = old[i].TTL
	}
	return c, err
}
