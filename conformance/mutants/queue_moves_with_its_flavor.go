// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueMovesWithItsFlavor = Mutant{
	Name: "queue-moves-with-its-flavor", Breaks: spec.POL32,
	Does:    "a queue is looked for in the pool that its flavor has now",
	Control: func(next store.Control) store.Control { return &following{Control: next} },
}

type following struct {
	store.Control

	flavors memo[store.Queue, string]
}

func (c *following) Place(ctx context.Context, q store.Queue, deadLetters, pool string) (store.Pool, error) {
	p, err := c.Control.Place(ctx, q, deadLetters, pool)
	if err == nil && p.Flavor != "" {
		c.flavors.put(q, p.Flavor)
	}
	return p, err
}

func (c *following) PoolOf(ctx context.Context, q store.Queue) (store.Pool, error) {
	flavor, known := c.flavors.get(q)
	lives, err := c.Control.PoolOf(ctx, q)
	if err != nil || !known || lives.Flavor == flavor {
		return lives, err
	}
	all, _ := c.ListPools(ctx)
	for _, p := range all {
		if p.Flavor == flavor {
			return p, nil
		}
	}
	return lives, nil
}
