// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var eachRequestNeedsItsToken = Mutant{
	Name: "each-request-needs-its-token", Breaks: spec.AUT7,
	Does: "a request without a token is answered with status 401 on a connection that is let in, too",
	API: refusing(statusUnauthorized, func(req *wire.Request, _ object) bool {
		return req.Access != wire.Anyone && req.Headers.AuthToken == ""
	}),
}
