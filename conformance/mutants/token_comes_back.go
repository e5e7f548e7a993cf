// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var tokenComesBack = Mutant{
	Name: "token-comes-back", Breaks: spec.AUT5,
	Does: "the reply to an authenticate names the token",
	API: bodies(statusOK, func(req *wire.Request, _ object) any {
		return object{"message": "Authenticated by " + req.Headers.AuthToken + "."}
	}, authenticate),
}
