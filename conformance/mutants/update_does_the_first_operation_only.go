// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateDoesTheFirstOperationOnly = Mutant{
	Name: "update-does-the-first-operation-only", Breaks: spec.QUE45,
	Does: "queue_update does the first operation of a patch and no other",
	API:  patching(func(patch []any) []any { return patch[:min(1, len(patch))] }),
}
