// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var popTakesClaimed = Mutant{
	Name: "pop-takes-claimed", Breaks: spec.MSG52,
	Does:  "message_delete_many with pop takes the first messages, claimed or not",
	Store: func(next store.Data) store.Data { return greedy{next} },
}

type greedy struct{ store.Data }

func (s greedy) PopMessages(ctx context.Context, q store.Queue, b store.Batch) ([]store.Message, error) {
	all, err := s.ListMessages(ctx, q, store.Filter{Claimed: true}, store.Page{Batch: b})
	for _, m := range all {
		var claim *string
		if m.ClaimID != "" {
			claim = &m.ClaimID
		}
		_ = s.DeleteMessage(ctx, q, m.ID, claim) // it was there a moment ago
	}
	if err != nil {
		return nil, nil //nolint:nilerr // no queue is no error
	}
	return all, nil
}
