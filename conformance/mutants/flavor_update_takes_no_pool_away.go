// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var flavorUpdateTakesNoPoolAway = Mutant{
	Name: "flavor-update-takes-no-pool-away", Breaks: spec.POL25,
	Does:    "flavor_update adds pools to a flavor and takes none away",
	Control: func(next store.Control) store.Control { return hoarding{next} },
}

type hoarding struct{ store.Control }

func (c hoarding) UpdateFlavor(ctx context.Context, f store.Flavor) error {
	all, _ := c.ListPools(ctx)
	for _, p := range all {
		if p.Flavor == f.Name {
			f.Pools = append(f.Pools, p.Name)
		}
	}
	return c.Control.UpdateFlavor(ctx, f)
}
