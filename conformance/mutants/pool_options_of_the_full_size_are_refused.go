// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolOptionsOfTheFullSizeAreRefused = Mutant{
	Name: "pool-options-of-the-full-size-are-refused", Breaks: spec.POL6,
	Does: "pool_create and pool_update refuse options of the full size",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return len(rawOf(body["options"])) > 65536-10
	}, "pool_create", "pool_update"),
}
