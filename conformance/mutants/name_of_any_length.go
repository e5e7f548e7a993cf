// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var nameOfAnyLength = Mutant{
	Name: "name-of-any-length", Breaks: spec.QUE2,
	Does:  "queue_create accepts a name that is empty or too long",
	Codec: accepting(rejected{"queue_create", "body.queue_name", []string{ruleMinLen, ruleMaxLen}}, func(object) {}),
}
