// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var delayOfAnyType = Mutant{
	Name: "delay-of-any-type", Breaks: spec.MSG56,
	Does: "message_post takes a message's delay that is no integer, and forgets it",
	Codec: accepting(rejected{"message_post", "body.messages[].delay", []string{ruleType}}, func(body object) {
		for _, m := range messagesOf(body) {
			delete(m, "delay")
		}
	}),
}
