// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var postMustBeSmall = Mutant{
	Name: "post-must-be-small", Breaks: spec.MSG11,
	Does: "message_post refuses a post of the full size",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return len(rawOf(body["messages"])) > 262144-10
	}, "message_post"),
}
