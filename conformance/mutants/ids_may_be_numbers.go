// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var idsMayBeNumbers = Mutant{
	Name: "ids-may-be-numbers", Breaks: spec.MSG39,
	Does: "message_get_many and message_delete_many pass over ids that are numbers or booleans",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		list, _ := body["message_ids"].([]any)
		bad := slices.ContainsFunc(list, isNoID)
		body["message_ids"] = slices.DeleteFunc(list, func(v any) bool {
			switch v.(type) {
			case int64, uint64, float64, bool:
				return true
			}
			return false
		})
		return strings.HasPrefix(r.Path, "body.message_ids[") && !bad
	}),
}

// isNoID tells of an id that is null, a list or a map.
func isNoID(v any) bool {
	switch v.(type) {
	case nil, []any, object:
		return true
	}
	return false
}
