// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolUpdatePassesOverATakenURI = Mutant{
	Name: "pool-update-passes-over-a-taken-uri", Breaks: spec.POL18,
	Does:    "pool_update leaves the URI as it is where it can't be another, and says that it was changed",
	Control: func(next store.Control) store.Control { return obliging{next} },
}

type obliging struct{ store.Control }

func (c obliging) UpdatePool(ctx context.Context, name string, change store.PoolChange) (store.Pool, error) {
	p, err := c.Control.UpdatePool(ctx, name, change)
	if kindOf(err) == store.Taken {
		change.URI = nil
		return c.Control.UpdatePool(ctx, name, change)
	}
	return p, err
}
