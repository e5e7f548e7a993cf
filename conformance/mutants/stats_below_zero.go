// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var statsBelowZero = Mutant{
	Name: "stats-below-zero", Breaks: spec.QUE28, Fact: "F301",
	Does:  "queue_get_stats counts what a claim leased until the claim ends, though it is deleted: free is less than zero",
	Store: func(next store.Data) store.Data { return &forgetful{Data: next} },
}

type forgetful struct {
	store.Data

	gone memo[string, int] // how many leased messages were deleted, by claim
	in   memo[store.Queue, []string]
}

func (s *forgetful) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	if claim != nil {
		n, _ := s.gone.get(*claim)
		s.gone.put(*claim, n+1)
		claims, _ := s.in.get(q)
		s.in.put(q, append(slices.Clone(claims), *claim))
	}
	return s.Data.DeleteMessage(ctx, q, id, claim)
}

func (s *forgetful) QueueStats(ctx context.Context, q store.Queue) (store.Stats, error) {
	stats, err := s.Data.QueueStats(ctx, q)
	claims, _ := s.in.get(q)
	slices.Sort(claims)
	for _, id := range slices.Compact(claims) {
		if _, err := s.Claim(ctx, q, id); err == nil {
			n, _ := s.gone.get(id)
			stats.Claimed, stats.Free = stats.Claimed+n, stats.Free-n
		}
	}
	return stats, err
}
