// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var postOfAnySize = Mutant{
	Name: "post-of-any-size", Breaks: spec.MSG12,
	Does:  "message_post accepts posts of any size",
	Codec: accepting(rejected{"message_post", "body.messages", []string{ruleMaxBytes}}, func(object) {}),
}
