// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusalIsText = Mutant{
	Name: "refusal-is-text", Breaks: spec.FRM35,
	Does: "the body of a reply with status 400 is a string",
	API:  bodies(statusBadRequest, func(_ *wire.Request, body object) any { return body["error"] }),
}
