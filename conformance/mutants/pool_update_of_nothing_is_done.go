// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolUpdateOfNothingIsDone = Mutant{
	Name: "pool-update-of-nothing-is-done", Breaks: spec.POL17,
	Does: "pool_update without a change answers with status 200",
	API: requesting(func(_ *wire.Request, body object) {
		for _, key := range []string{"uri", "weight", "flavor", "options"} {
			if body[key] != nil {
				return
			}
		}
		body["weight"] = int64(0)
	}, "pool_update"),
}
