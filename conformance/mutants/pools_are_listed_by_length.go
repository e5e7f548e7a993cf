// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"cmp"
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolsAreListedByLength = Mutant{
	Name: "pools-are-listed-by-length", Breaks: spec.POL12,
	Does: "pool_list and flavor_list show the shorter names first",
	API: chain(
		bodies(statusOK, func(_ *wire.Request, body object) any { return namesByLength(body, "pools") }, "pool_list"),
		bodies(statusOK, func(_ *wire.Request, body object) any { return namesByLength(body, "flavors") }, "flavor_list"),
	),
}

// namesByLength sorts a list of named things by the lengths of their names, longest first.
func namesByLength(body object, key string) object {
	length := func(v any) int {
		one, _ := v.(object)
		name, _ := one["name"].(string)
		return len(name)
	}
	list, _ := body[key].([]any)
	slices.Reverse(list)
	slices.SortStableFunc(list, func(a, b any) int { return cmp.Compare(length(a), length(b)) })
	return body
}
