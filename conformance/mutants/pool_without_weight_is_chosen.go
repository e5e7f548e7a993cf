// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolWithoutWeightIsChosen = Mutant{
	Name: "pool-without-weight-is-chosen", Breaks: spec.POL30,
	Does: "a pool of weight 0 gets new queues, where its flavor has another",
	Control: placing(func(chosen store.Pool, all []store.Pool) store.Pool {
		for _, p := range all {
			if chosen.Flavor != "" && p.Flavor == chosen.Flavor && p.Weight == 0 {
				return p
			}
		}
		return chosen
	}),
}
