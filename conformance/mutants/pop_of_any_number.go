// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var popOfAnyNumber = Mutant{
	Name: "pop-of-any-number", Breaks: spec.MSG48,
	Does:  "message_delete_many accepts any pop, and removes as many messages as are allowed",
	Codec: accepting(rejected{"message_delete_many", "body.pop", []string{ruleMin, ruleMax}}, func(body object) { body["pop"] = 20 }),
}
