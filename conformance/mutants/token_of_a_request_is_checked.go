// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var tokenOfARequestIsChecked = Mutant{
	Name: "token-of-a-request-is-checked", Breaks: spec.AUT7,
	Does: "a request that carries a token is answered with status 401 unless the token has 26 characters",
	API: refusing(statusUnauthorized, func(req *wire.Request, _ object) bool {
		return req.Access != wire.Anyone && req.Headers.AuthToken != "" && len(req.Headers.AuthToken) != 26
	}),
}
