// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookPolicyOfTheQueueIsIgnored = Mutant{
	Name: "webhook-policy-of-the-queue-is-ignored", Breaks: spec.SUB67,
	Does: "the _retry_policy of a queue is not followed",
	API: requesting(func(_ *wire.Request, body object) {
		if metadata, ok := body["metadata"].(object); ok {
			delete(metadata, "_retry_policy")
		}
	}, "queue_create"),
}
