// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolOptionsAreLost = Mutant{
	Name: "pool-options-are-lost", Breaks: spec.POL9,
	Does: "pool_get shows no options",
	API:  bodies(statusOK, without("options"), "pool_get"),
}
