// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimUpdateTakesDefaults = Mutant{
	Name: "claim-update-takes-defaults", Breaks: spec.CLM23, Fact: "F307",
	Does: "claim_update gives the default ttl and grace where the request names none",
	API: requesting(func(_ *wire.Request, body object) {
		for name, n := range map[string]int{"ttl": 300, "grace": 60} {
			if _, named := body[name]; !named {
				body[name] = n
			}
		}
	}, "claim_update"),
}
