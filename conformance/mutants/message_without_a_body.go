// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var messageWithoutABody = Mutant{
	Name: "message-without-a-body", Breaks: spec.MSG6,
	Does: "message_post takes a message without a body for one whose body is null",
	Codec: accepting(rejected{"message_post", "body.messages[].body", []string{ruleRequired}}, func(body object) {
		for _, m := range messagesOf(body) {
			if _, is := m["body"]; !is {
				m["body"] = nil
			}
		}
	}),
}
