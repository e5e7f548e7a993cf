// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

var signatureForAMessageOpensAll = Mutant{
	Name: "signature-for-a-message-opens-all", Breaks: spec.AUT56,
	Does: "a signature for the path of one message is good for all messages of the queue",
	API: trusting(func(sig signature) bool {
		return sig.method && slices.ContainsFunc(sig.Headers.URLPaths, func(path string) bool {
			return strings.HasPrefix(path, sig.resource()+"/")
		})
	}),
}
