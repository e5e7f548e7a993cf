// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateOfAnyNumber = Mutant{
	Name: "update-of-any-number", Breaks: spec.QUE52,
	Does: "queue_update takes any number of operations",
	Codec: accepting(rejected{"queue_update", "body.patch", []string{ruleMaxItems}}, func(body object) {
		patch, _ := body["patch"].([]any)
		body["patch"] = patch[:min(1, len(patch))]
	}),
}
