// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

var signatureOpensWhatBeginsAlike = Mutant{
	Name: "signature-opens-what-begins-alike", Breaks: spec.AUT56,
	Does: "a signature is good for each path that begins with one of its own",
	API: trusting(func(sig signature) bool {
		return sig.method && slices.ContainsFunc(sig.Headers.URLPaths, func(path string) bool {
			return path != "" && strings.HasPrefix(sig.resource(), path)
		})
	}),
}
