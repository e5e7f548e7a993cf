// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var messageListTakesAnyLimit = Mutant{
	Name: "message-list-takes-any-limit", Breaks: spec.MSG26,
	Does:  "message_list accepts any limit, and returns 10 messages instead",
	Codec: accepting(rejected{"message_list", "body.limit", []string{ruleMin, ruleMax}}, func(body object) { delete(body, "limit") }),
}
