// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

var signatureOfWhatReadsTheSame = Mutant{
	Name: "signature-of-what-reads-the-same", Breaks: spec.AUT61, Fact: "F385",
	Does: "a signature is good for all that reads the same when it is joined",
	API: trusting(func(sig signature) bool {
		return sig.whole && sig.method && sig.path && slices.ContainsFunc(sig.Headers.URLMethods, func(s string) bool {
			return strings.Contains(s, `\n`)
		})
	}),
}
