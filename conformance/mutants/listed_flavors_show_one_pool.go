// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var listedFlavorsShowOnePool = Mutant{
	Name: "listed-flavors-show-one-pool", Breaks: spec.POL12,
	Does: "flavor_list names one pool of each flavor",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		list, _ := body["flavors"].([]any)
		for _, v := range list {
			if flavor, ok := v.(object); ok {
				pools, _ := flavor["pool_list"].([]any)
				flavor["pool_list"] = pools[:1]
			}
		}
		return body
	}, "flavor_list"),
}
