// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deafAfterMissingAction = Mutant{
	Name: "deaf-after-missing-action", Breaks: spec.FRM25, Fact: "F253",
	Does: "an action of the tables that has no code is never answered, nor is what follows",
	Conn: deafAfter(func(f wire.Format, frame []byte) bool {
		action, _ := valueOf(asked(f, frame).Action).(string)
		return slices.Contains([]string{
			"get_home_doc", "ping_node", "check_node_health", "pool_list", "pool_get", "flavor_list", "flavor_get",
		}, action)
	}),
}
