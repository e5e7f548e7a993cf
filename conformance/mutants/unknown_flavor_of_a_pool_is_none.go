// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownFlavorOfAPoolIsNone = Mutant{
	Name: "unknown-flavor-of-a-pool-is-none", Breaks: spec.POL8,
	Does:    "pool_create and pool_update take a flavor that does not exist for none",
	Control: func(next store.Control) store.Control { return unflavored{next} },
}

type unflavored struct{ store.Control }

func (c unflavored) CreatePool(ctx context.Context, p store.Pool) error {
	err := c.Control.CreatePool(ctx, p)
	if kindOf(err) == store.Unknown {
		p.Flavor = ""
		return c.Control.CreatePool(ctx, p)
	}
	return err
}

func (c unflavored) UpdatePool(ctx context.Context, name string, change store.PoolChange) (store.Pool, error) {
	p, err := c.Control.UpdatePool(ctx, name, change)
	if kindOf(err) == store.Unknown {
		change.Flavor = new(string)
		return c.Control.UpdatePool(ctx, name, change)
	}
	return p, err
}
