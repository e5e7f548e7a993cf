// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var anySignatureIsGood = Mutant{
	Name: "any-signature-is-good", Breaks: spec.AUT54,
	Does: "whatever looks like a signature is taken for one, if the other headers fit",
	API:  trusting(func(sig signature) bool { return sig.whole && sig.method && sig.path && !sig.ends.IsZero() }),
}
