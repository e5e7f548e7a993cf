// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

var signedListsMustBeSorted = Mutant{
	Name: "signed-lists-must-be-sorted", Breaks: spec.AUT51,
	Does: "a signature whose lists are not sorted in the headers is refused",
	API: distrusting(func(sig signature) bool {
		return !slices.IsSorted(sig.Headers.URLPaths) || !slices.IsSorted(sig.Headers.URLMethods)
	}),
}
