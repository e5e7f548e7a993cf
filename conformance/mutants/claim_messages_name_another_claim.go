// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimMessagesNameAnotherClaim = Mutant{
	Name: "claim-messages-name-another-claim", Breaks: spec.CLM1,
	Does: "claim_create gives each message its own id as claim_id",
	API: bodies(statusCreated, func(_ *wire.Request, body object) any {
		for _, m := range messagesOf(body) {
			m["claim_id"] = m["id"]
		}
		return body
	}, "claim_create"),
}
