// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateOfNothingIsRefused = Mutant{
	Name: "update-of-nothing-is-refused", Breaks: spec.QUE45,
	Does: "queue_update answers with status 400 when there is no operation",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		patch, _ := body["patch"].([]any)
		return len(patch) == 0
	}, "queue_update"),
}
