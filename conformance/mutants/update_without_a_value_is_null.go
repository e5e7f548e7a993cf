// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateWithoutAValueIsNull = Mutant{
	Name: "update-without-a-value-is-null", Breaks: spec.QUE47,
	Does: "queue_update takes a value that is absent for null",
	API: patching(func(patch []any) []any {
		for _, op := range patch {
			if op, _ := op.(object); op["value"] == nil {
				op["value"] = nil
			}
		}
		return patch
	}),
}
