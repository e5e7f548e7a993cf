// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var dotAsANameIsRefused = Mutant{
	Name: "dot-as-a-name-is-refused", Breaks: spec.QUE1,
	Does: "queue_create refuses the names . and .., as if they were folders",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return body["queue_name"] == "." || body["queue_name"] == ".."
	}, "queue_create"),
}
