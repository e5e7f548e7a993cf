// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var markerThatCameBackIsShownAgain = Mutant{
	Name: "marker-that-came-back-is-shown-again", Breaks: spec.MSG31,
	Does:  "message_list begins a page at the marker, not behind it, when that is a dead letter that has come back to the queue",
	Store: func(next store.Data) store.Data { return &returning{Data: next} },
}

type returning struct {
	store.Data

	leased memo[string, store.Queue] // by the id of the message
}

func (s *returning) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	for _, m := range c.Messages {
		if _, before := s.leased.get(m.ID); !before {
			s.leased.put(m.ID, q)
		}
	}
	return c, err
}

func (s *returning) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	again, _ := s.MessagesByID(ctx, q, []string{p.Marker})
	list, err := s.Data.ListMessages(ctx, q, f, p)
	if in, _ := s.leased.get(p.Marker); in == q && len(again) > 0 && again[0].ClaimCount == 0 && err == nil {
		list = append(again, list...)
		list = list[:min(len(list), p.Limit)]
	}
	return list, err
}
