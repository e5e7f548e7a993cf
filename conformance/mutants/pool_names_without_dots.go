// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolNamesWithoutDots = Mutant{
	Name: "pool-names-without-dots", Breaks: spec.POL2,
	Does: "pool_create and flavor_create refuse a name with a dot in it",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		pool, _ := body["pool_name"].(string)
		flavor, _ := body["flavor_name"].(string)
		return strings.Contains(pool+flavor, ".")
	}, "pool_create", "flavor_create"),
}
