// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolListNeedsAName = Mutant{
	Name: "pool-list-needs-a-name", Breaks: spec.POL13, Fact: "F139",
	Does: "pool_list and flavor_list refuse a request without a name, as Zaqar's tables would have it",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return body["pool_name"] == nil && body["flavor_name"] == nil && body["limit"] == nil && body["marker"] == nil
	}, "pool_list", "flavor_list"),
}
