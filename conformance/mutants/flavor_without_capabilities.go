// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var flavorWithoutCapabilities = Mutant{
	Name: "flavor-without-capabilities", Breaks: spec.POL15,
	Does: "flavor_get does not say what the pools of a flavor can do",
	API:  bodies(statusOK, without("capabilities"), "flavor_get"),
}
