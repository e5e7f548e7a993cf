// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersGetNewIDs = Mutant{
	Name: "dead-letters-get-new-ids", Breaks: spec.CLM37,
	Does:  "a message that is moved gets another id, behind those that are there",
	Store: func(next store.Data) store.Data { return &reborn{burying{Data: next}} },
}

type reborn struct{ burying }

func (s *reborn) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	if to, there := s.morgue(ctx, q); there {
		moved, _ := s.PopMessages(ctx, to, store.Batch{Limit: 1})
		for _, m := range moved {
			_, _ = s.PostMessages(ctx, to, store.Post{Messages: []store.NewMessage{{TTL: m.TTL, Body: m.Body}}})
		}
	}
	return c, err
}
