// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var flavorOfAKeptNameIsPassedOver = Mutant{
	Name: "flavor-of-a-kept-name-is-passed-over", Breaks: spec.POL39,
	Does:  "queue_create makes a queue where its name is kept for dead letters, whatever its _flavor",
	Store: func(next store.Data) store.Data { return strayed{next} },
}

type strayed struct{ store.Data }

func (s strayed) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	created, err := s.Data.CreateQueue(ctx, q, set)
	if kindOf(err) == store.Taken && set.DeadLetters == "" {
		set.Flavor = ""
		return s.Data.CreateQueue(ctx, q, set)
	}
	return created, err
}
