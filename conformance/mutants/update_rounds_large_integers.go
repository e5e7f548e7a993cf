// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateRoundsLargeIntegers = Mutant{
	Name: "update-rounds-large-integers", Breaks: spec.QUE45,
	Does: "queue_update reads the integers of metadata as floats",
	Store: updating(func(set *store.Settings) {
		set.Metadata = rawOf(eachLeaf(valueOf(wire.Raw(set.Metadata)), func(v any) any {
			if n, ok := v.(int64); ok {
				return int64(float64(n))
			}
			return v
		}))
	}),
}
