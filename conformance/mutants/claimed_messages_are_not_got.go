// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimedMessagesAreNotGot = Mutant{
	Name: "claimed-messages-are-not-got", Breaks: spec.CLM9,
	Does: "message_get_many leaves out the messages that a claim holds",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		list, _ := body["messages"].([]any)
		body["messages"] = slices.DeleteFunc(list, func(v any) bool {
			m, _ := v.(object)
			return m["claim_id"] != nil
		})
		return body
	}, "message_get_many"),
}
