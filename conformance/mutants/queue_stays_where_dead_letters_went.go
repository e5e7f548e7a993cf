// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueStaysWhereDeadLettersWent = Mutant{
	Name: "queue-stays-where-dead-letters-went", Breaks: spec.POL29,
	Does:  "a queue of no flavor goes into a pool of the flavor of a queue that once named it for its dead letters",
	Store: func(next store.Data) store.Data { return &reminded{Data: next} },
}

type reminded struct {
	store.Data

	flavors memo[store.Queue, string]
}

func (s *reminded) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	if set.DeadLetters != "" {
		s.flavors.put(store.Queue{Project: q.Project, Name: set.DeadLetters}, set.Flavor)
	}
	if flavor, named := s.flavors.get(q); named && set.Flavor == "" {
		set.Flavor = flavor
	}
	return s.Data.CreateQueue(ctx, q, set)
}
