// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var listedPoolsLackTheirFlavor = Mutant{
	Name: "listed-pools-lack-their-flavor", Breaks: spec.POL12,
	Does: "pool_list shows each pool as one of no flavor",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		list, _ := body["pools"].([]any)
		for _, v := range list {
			if pool, ok := v.(object); ok {
				pool["flavor"] = nil
			}
		}
		return body
	}, "pool_list"),
}
