// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var authenticateNeedsAClient = Mutant{
	Name: "authenticate-needs-a-client", Breaks: spec.AUT3,
	Does: "an authenticate without Client-ID is answered with status 400",
	API:  refusing(statusBadRequest, func(req *wire.Request, _ object) bool { return req.Headers.ClientID == "" }, authenticate),
}
