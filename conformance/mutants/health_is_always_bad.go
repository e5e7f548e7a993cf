// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var healthIsAlwaysBad = Mutant{
	Name: "health-is-always-bad", Breaks: spec.HLT4,
	Does: "check_node_health says that what the server stores in cannot be reached",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		body["storage_reachable"] = false
		return body
	}, "check_node_health"),
}
