// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownPoolsOfAFlavorAreLeftOut = Mutant{
	Name: "unknown-pools-of-a-flavor-are-left-out", Breaks: spec.POL23,
	Does:    "flavor_create and flavor_update pass over pools that do not exist",
	Control: func(next store.Control) store.Control { return sifting{next} },
}

type sifting struct{ store.Control }

// known is a flavor without the pools that are not there.
func (c sifting) known(ctx context.Context, f store.Flavor) store.Flavor {
	all, _ := c.ListPools(ctx)
	f.Pools = slices.DeleteFunc(slices.Clone(f.Pools), func(name string) bool {
		return !slices.ContainsFunc(all, func(p store.Pool) bool { return p.Name == name })
	})
	return f
}

func (c sifting) CreateFlavor(ctx context.Context, f store.Flavor) error {
	return c.Control.CreateFlavor(ctx, c.known(ctx, f))
}

func (c sifting) UpdateFlavor(ctx context.Context, f store.Flavor) error {
	return c.Control.UpdateFlavor(ctx, c.known(ctx, f))
}
