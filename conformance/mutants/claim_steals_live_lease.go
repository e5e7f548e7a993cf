// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

// claimStealsLiveLease takes all messages from the first free one on, as Zaqar's own
// script does.
var claimStealsLiveLease = Mutant{
	Name: "claim-steals-live-lease", Breaks: spec.CLM8, Fact: "F172, F300",
	Does:  "claim_create frees what other claims hold behind the first free message, and takes it too",
	Store: func(next store.Data) store.Data { return stealing{next} },
}

type stealing struct{ store.Data }

func (s stealing) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	all, err := s.ListMessages(ctx, q, store.Filter{Claimed: true}, store.Page{Batch: store.Batch{Limit: 1000}})
	free := false
	for _, m := range all {
		free = free || m.ClaimID == ""
		if free && m.ClaimID != "" && err == nil {
			_ = s.DeleteClaim(ctx, q, m.ClaimID) // a claim that is gone holds nothing either
		}
	}
	return s.Data.CreateClaim(ctx, q, l, b)
}
