// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var lastPoolLeavesItsFlavor = Mutant{
	Name: "last-pool-leaves-its-flavor", Breaks: spec.POL21,
	Does:    "pool_update answers with status 200 where it would take the only pool from a flavor",
	Control: func(next store.Control) store.Control { return releasing{next} },
}

type releasing struct{ store.Control }

func (c releasing) UpdatePool(ctx context.Context, name string, change store.PoolChange) (store.Pool, error) {
	p, err := c.Control.UpdatePool(ctx, name, change)
	if kindOf(err) == store.InUse {
		return p, nil // by word only
	}
	return p, err
}
