// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolUpdateTakesDefaults = Mutant{
	Name: "pool-update-takes-defaults", Breaks: spec.POL16,
	Does: "pool_update gives the weight 1 and no options to a pool where it names none",
	API: requesting(func(_ *wire.Request, body object) {
		defaults := object{"weight": int64(1), "options": object{}}
		for key, value := range defaults {
			if _, named := body[key]; !named && len(body) > 1 {
				body[key] = value
			}
		}
	}, "pool_update"),
}
