// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueIsDrawnAwayFromItsDeadLetters = Mutant{
	Name: "queue-is-drawn-away-from-its-dead-letters", Breaks: spec.POL38,
	Does:    "a new queue whose dead letters live in a pool goes to the heaviest of its flavor, and is refused",
	Control: func(next store.Control) store.Control { return heaviest{next} },
}

type heaviest struct{ store.Control }

func (c heaviest) Place(ctx context.Context, q store.Queue, deadLetters, pool string) (store.Pool, error) {
	all, _ := c.ListPools(ctx)
	var to store.Pool
	for _, p := range all {
		if p.Name == pool {
			to = p
		}
	}
	for _, p := range all {
		if deadLetters != "" && p.Flavor == to.Flavor && p.Weight > to.Weight {
			to = p
		}
	}
	return c.Control.Place(ctx, q, deadLetters, to.Name)
}
