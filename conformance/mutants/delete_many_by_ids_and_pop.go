// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteManyByIDsAndPop = Mutant{
	Name: "delete-many-by-ids-and-pop", Breaks: spec.MSG47,
	Does: "message_delete_many with message_ids and pop goes by the ids, with neither it pops one",
	Codec: accepting(rejected{"message_delete_many", "body", []string{ruleExactlyOne}}, func(body object) {
		if _, named := body["message_ids"]; named {
			delete(body, "pop")
		} else {
			body["pop"] = 1
		}
	}),
}
