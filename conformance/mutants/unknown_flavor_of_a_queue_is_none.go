// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownFlavorOfAQueueIsNone = Mutant{
	Name: "unknown-flavor-of-a-queue-is-none", Breaks: spec.POL28,
	Does:  "queue_create takes a flavor that does not exist for none",
	Store: func(next store.Data) store.Data { return careless{next} },
}

type careless struct{ store.Data }

func (s careless) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	created, err := s.Data.CreateQueue(ctx, q, set)
	if kindOf(err) == store.Unknown {
		set.Flavor = ""
		return s.Data.CreateQueue(ctx, q, set)
	}
	return created, err
}
