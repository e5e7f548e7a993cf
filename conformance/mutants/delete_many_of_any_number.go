// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteManyOfAnyNumber = Mutant{
	Name: "delete-many-of-any-number", Breaks: spec.MSG48,
	Does:  "message_delete_many accepts any number of ids",
	Codec: accepting(rejected{"message_delete_many", "body.message_ids", []string{ruleMinItems, ruleMaxItems}}, func(object) {}),
}
