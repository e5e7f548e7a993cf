// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var messageTTLOfAnyLength = Mutant{
	Name: "message-ttl-of-any-length", Breaks: spec.MSG7,
	Does:  "message_post accepts any integer as ttl, and gives the default one instead",
	Codec: accepting(rejected{"message_post", "body.messages[].ttl", []string{ruleMin, ruleMax}}, withoutTTL),
}
