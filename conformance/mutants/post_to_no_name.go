// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var postToNoName = Mutant{
	Name: "post-to-no-name", Breaks: spec.MSG16,
	Does:  "message_post makes a queue whose name is empty",
	Codec: accepting(rejected{"message_post", "body.queue_name", []string{ruleMinLen}}, func(object) {}),
}
