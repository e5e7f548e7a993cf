// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var messageThatIsNoMap = Mutant{
	Name: "message-that-is-no-map", Breaks: spec.MSG5,
	Does: "message_post takes a message that is no map for a body",
	Codec: accepting(rejected{"message_post", "body.messages[]", []string{ruleType}}, func(body object) {
		list, _ := body["messages"].([]any)
		for i, m := range list {
			if _, is := m.(object); !is {
				list[i] = object{"body": m}
			}
		}
	}),
}
