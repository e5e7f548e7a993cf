// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimedMessageWithoutItsBody = Mutant{
	Name: "claimed-message-without-its-body", Breaks: spec.MSG18,
	Does: "claim_get leaves out the bodies of the messages",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		for _, m := range messagesOf(body) {
			delete(m, "body")
		}
		return body
	}, "claim_get"),
}
