// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var healthTellsOfNoAttempt = Mutant{
	Name: "health-tells-of-no-attempt", Breaks: spec.HLT5,
	Does: "check_node_health does not say what it tried",
	API:  bodies(statusOK, without("operation_status"), "check_node_health"),
}
