// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimUpdateKeepsTheTTL = Mutant{
	Name: "claim-update-keeps-the-ttl", Breaks: spec.CLM22,
	Does: "claim_update begins the life of a claim anew, with the ttl that it had",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "ttl") }, "claim_update"),
}
