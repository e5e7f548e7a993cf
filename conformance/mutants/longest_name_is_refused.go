// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var longestNameIsRefused = Mutant{
	Name: "longest-name-is-refused", Breaks: spec.QUE1,
	Does: "queue_create refuses a name of 64 characters, the longest that there may be",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		name, _ := body["queue_name"].(string)
		return len(name) >= 64
	}, "queue_create"),
}
