// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var beginOfASignatureIsEnough = Mutant{
	Name: "begin-of-a-signature-is-enough", Breaks: spec.AUT54,
	Does: "a signature is compared as far as it goes",
	API: trusting(func(sig signature) bool {
		return len(sig.Headers.URLSignature) < 64 && sig.method && sig.path && !sig.ends.IsZero()
	}),
}
