// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeTakesTheFirstTypeOnly = Mutant{
	Name: "purge-takes-the-first-type-only", Breaks: spec.QUE35,
	Does: "queue_purge heeds only the first of its resource_types",
	API: requesting(func(_ *wire.Request, body object) {
		if types, ok := body["resource_types"].([]any); ok && len(types) > 1 {
			body["resource_types"] = types[:1]
		}
	}, "queue_purge"),
}
