// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var highestWeightIsRefused = Mutant{
	Name: "highest-weight-is-refused", Breaks: spec.POL5,
	Does: "pool_create and pool_update refuse the highest weight",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return body["weight"] == int64(1<<32-1)
	}, "pool_create", "pool_update"),
}
