// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var emptyMapsBecomeLists = Mutant{
	Name: "empty-maps-become-lists", Breaks: spec.MSG10,
	Does: "an empty map in a body comes back as an empty list",
	Store: storing(func(v any) any {
		if m, is := v.(object); is && len(m) == 0 {
			return []any{}
		}
		return v
	}),
}
