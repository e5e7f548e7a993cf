// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var nameOfAnyCharacters = Mutant{
	Name: "name-of-any-characters", Breaks: spec.QUE2,
	Does:  "queue_create accepts a name of any characters",
	Codec: accepting(rejected{"queue_create", "body.queue_name", []string{rulePattern}}, func(object) {}),
}
