// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownPoolIsABadRequest = Mutant{
	Name: "unknown-pool-is-a-bad-request", Breaks: spec.POL11,
	Does: "pool_get, pool_update, flavor_get and flavor_update answer with status 400 when there is no such thing",
	API:  status(statusNotFound, statusBadRequest, "pool_get", "pool_update", "flavor_get", "flavor_update"),
}
