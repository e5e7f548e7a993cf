// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var getManyOfAnyNumber = Mutant{
	Name: "get-many-of-any-number", Breaks: spec.MSG37,
	Does:  "message_get_many accepts any number of ids",
	Codec: accepting(rejected{"message_get_many", "body.message_ids", []string{ruleMinItems, ruleMaxItems}}, func(object) {}),
}
