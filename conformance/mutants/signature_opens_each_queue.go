// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var signatureOpensEachQueue = Mutant{
	Name: "signature-opens-each-queue", Breaks: spec.AUT56, Fact: "F210,F266",
	Does: "the paths of a signature are never compared with the queue that is asked for",
	API:  trusting(func(sig signature) bool { return sig.whole && sig.method && sig.HTTP.Path != "" && !sig.path }),
}
