// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var flavorTakesThePoolsOfOthers = Mutant{
	Name: "flavor-takes-the-pools-of-others", Breaks: spec.POL24, Fact: "F249",
	Does:    "flavor_create and flavor_update take pools away from another flavor",
	Control: func(next store.Control) store.Control { return taking{next} },
}

type taking struct{ store.Control }

// take ends the flavors that the pools of f are of.
func (c taking) take(ctx context.Context, f store.Flavor) {
	all, _ := c.ListPools(ctx)
	for _, p := range all {
		for _, name := range f.Pools {
			if p.Name == name && p.Flavor != f.Name {
				_ = c.DeleteFlavor(ctx, p.Flavor)
			}
		}
	}
}

func (c taking) CreateFlavor(ctx context.Context, f store.Flavor) error {
	c.take(ctx, f)
	return c.Control.CreateFlavor(ctx, f)
}

func (c taking) UpdateFlavor(ctx context.Context, f store.Flavor) error {
	c.take(ctx, f)
	return c.Control.UpdateFlavor(ctx, f)
}
