// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimWithoutLimitIsFull = Mutant{
	Name: "claim-without-limit-is-full", Breaks: spec.CLM2,
	Does: "claim_create without a limit leases 20 messages, not 10",
	API: requesting(func(_ *wire.Request, body object) {
		if _, limited := body["limit"]; !limited {
			body["limit"] = 20
		}
	}, "claim_create"),
}
