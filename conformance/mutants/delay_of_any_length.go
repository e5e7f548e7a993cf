// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var delayOfAnyLength = Mutant{
	Name: "delay-of-any-length", Breaks: spec.MSG56,
	Does: "message_post takes a message's delay of any length, and forgets it",
	Codec: accepting(rejected{"message_post", "body.messages[].delay", []string{ruleMin, ruleMax}}, func(body object) {
		for _, m := range messagesOf(body) {
			delete(m, "delay")
		}
	}),
}
