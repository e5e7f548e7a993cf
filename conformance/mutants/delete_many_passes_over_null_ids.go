// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteManyPassesOverNullIDs = Mutant{
	Name: "delete-many-passes-over-null-ids", Breaks: spec.MSG38,
	Does: "message_delete_many deletes the messages beside an id that is null, a list or a map",
	Codec: accepting(rejected{"message_delete_many", "body.message_ids[]", []string{ruleType}}, func(body object) {
		ids, _ := body["message_ids"].([]any)
		body["message_ids"] = slices.DeleteFunc(ids, func(id any) bool {
			_, is := id.(string)
			return !is
		})
	}),
}
