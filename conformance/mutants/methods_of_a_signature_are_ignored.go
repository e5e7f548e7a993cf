// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var methodsOfASignatureAreIgnored = Mutant{
	Name: "methods-of-a-signature-are-ignored", Breaks: spec.AUT55,
	Does: "a signature is good for each method",
	API:  trusting(func(sig signature) bool { return sig.whole && !sig.method && sig.path && !sig.ends.IsZero() }),
}
