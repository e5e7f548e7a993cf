// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var messageTTLOfAnyType = Mutant{
	Name: "message-ttl-of-any-type", Breaks: spec.MSG7,
	Does:  "message_post accepts a ttl that is no integer, and gives the default one instead",
	Codec: accepting(rejected{"message_post", "body.messages[].ttl", []string{ruleType}}, withoutTTL),
}
