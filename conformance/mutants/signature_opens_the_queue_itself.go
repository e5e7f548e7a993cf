// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

var signatureOpensTheQueueItself = Mutant{
	Name: "signature-opens-the-queue-itself", Breaks: spec.AUT58,
	Does: "a signature with the path of the queue lets its client delete it",
	API: trusting(func(sig signature) bool {
		return sig.Action == "queue_delete" && slices.Contains(sig.Headers.URLPaths, "/v2/queues/"+sig.queue)
	}),
}
