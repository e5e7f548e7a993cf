// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var metadataOfAnySize = Mutant{
	Name: "metadata-of-any-size", Breaks: spec.QUE10,
	Does:  "queue_create accepts metadata of any size",
	Codec: accepting(rejected{"queue_create", "body.metadata", []string{ruleMaxBytes}}, func(object) {}),
}
