// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueOfNoFlavorGoesAnywhere = Mutant{
	Name: "queue-of-no-flavor-goes-anywhere", Breaks: spec.POL29,
	Does: "a queue that asks for no flavor may go into a pool that is of one",
	Control: placing(func(chosen store.Pool, all []store.Pool) store.Pool {
		for _, p := range all {
			if chosen.Flavor == "" && p.Weight > 1<<31 {
				return p
			}
		}
		return chosen
	}),
}
