// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var flavorShowsItsFirstPoolOnly = Mutant{
	Name: "flavor-shows-its-first-pool-only", Breaks: spec.POL10,
	Does: "flavor_get names the first pool of a flavor alone",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		if list, _ := body["pool_list"].([]any); len(list) > 1 {
			body["pool_list"] = list[:1]
		}
		return body
	}, "flavor_get"),
}
