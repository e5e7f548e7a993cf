// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var firstPoolGetsAllQueues = Mutant{
	Name: "first-pool-gets-all-queues", Breaks: spec.POL31,
	Does: "all new queues of a flavor go into its first pool that has a weight",
	Control: placing(func(chosen store.Pool, all []store.Pool) store.Pool {
		for _, p := range all {
			if p.Flavor == chosen.Flavor && p.Weight > 0 {
				return p
			}
		}
		return chosen
	}),
}
