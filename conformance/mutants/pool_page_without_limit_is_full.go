// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolPageWithoutLimitIsFull = Mutant{
	Name: "pool-page-without-limit-is-full", Breaks: spec.POL13,
	Does: "pool_list and flavor_list without a limit return as many as there can be",
	API: requesting(func(_ *wire.Request, body object) {
		if body["limit"] == nil {
			body["limit"] = int64(20)
		}
	}, "pool_list", "flavor_list"),
}
