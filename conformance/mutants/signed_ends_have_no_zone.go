// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var signedEndsHaveNoZone = Mutant{
	Name: "signed-ends-have-no-zone", Breaks: spec.AUT52,
	Does: "the end of a signature is only read without a zone",
	API:  distrusting(func(sig signature) bool { return len(sig.Headers.URLExpires) > len("2100-01-01T00:00:00") }),
}
