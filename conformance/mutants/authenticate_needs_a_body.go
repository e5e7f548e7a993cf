// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var authenticateNeedsABody = Mutant{
	Name: "authenticate-needs-a-body", Breaks: spec.AUT3,
	Does: "an authenticate without a body is answered with status 400",
	API:  refusing(statusBadRequest, func(req *wire.Request, _ object) bool { return req.Echo.Body.IsZero() }, authenticate),
}
