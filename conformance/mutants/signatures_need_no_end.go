// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var signaturesNeedNoEnd = Mutant{
	Name: "signatures-need-no-end", Breaks: spec.AUT53,
	Does: "a signature without an end, or with one that is no date, is good for ever",
	API:  trusting(func(sig signature) bool { return sig.whole && sig.method && sig.path && sig.ends.IsZero() }),
}
