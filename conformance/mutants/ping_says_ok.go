// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var pingSaysOk = Mutant{
	Name: "ping-says-ok", Breaks: spec.HLT3,
	Does: "ping_node answers with status 200",
	API:  status(statusNoContent, statusOK, "ping_node"),
}
