// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var postToANameOfAnyCharacters = Mutant{
	Name: "post-to-a-name-of-any-characters", Breaks: spec.MSG16,
	Does:  "message_post makes a queue under a name of any characters",
	Codec: accepting(rejected{"message_post", "body.queue_name", []string{rulePattern, ruleMaxLen}}, func(object) {}),
}
