// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var freeMessageWithoutItsAge = Mutant{
	Name: "free-message-without-its-age", Breaks: spec.MSG18,
	Does: "message_list, message_get and message_get_many leave out the age of a message that is free",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		all := messagesOf(body)
		if one, is := body["messages"].(object); is {
			all = append(all, one)
		}
		for _, m := range all {
			if m["claim_id"] == nil {
				delete(m, "age")
			}
		}
		return body
	}, "message_list", "message_get", "message_get_many"),
}
