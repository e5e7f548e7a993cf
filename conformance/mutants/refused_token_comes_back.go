// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusedTokenComesBack = Mutant{
	Name: "refused-token-comes-back", Breaks: spec.AUT5,
	Does: "the refusal of a token repeats it",
	API: bodies(statusUnauthorized, func(req *wire.Request, _ object) any {
		return object{"error": "The token " + req.Headers.AuthToken + " is not good."}
	}, authenticate),
}
