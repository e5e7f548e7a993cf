// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimedMessagesBehindAFreeOneAreListed = Mutant{
	Name: "claimed-messages-behind-a-free-one-are-listed", Breaks: spec.MSG28,
	Does:  "message_list leaves out claimed messages only up to the first free one",
	Store: func(next store.Data) store.Data { return halfBlind{next} },
}

type halfBlind struct{ store.Data }

func (s halfBlind) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	every := store.Filter{NotFrom: f.NotFrom, Claimed: true}
	all, err := s.Data.ListMessages(ctx, q, every, store.Page{Batch: plenty.Batch, Marker: p.Marker})
	for !f.Claimed && len(all) > 0 && all[0].ClaimID != "" {
		all = all[1:]
	}
	return all[:min(len(all), p.Limit)], err
}
