// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLetterQueueIsTheQueue = Mutant{
	Name: "dead-letter-queue-is-the-queue", Breaks: spec.QUE42,
	Does: "queue_create takes the queue's own name as its _dead_letter_queue",
	API: requesting(func(_ *wire.Request, body object) {
		if metadata := metadataOf(body); metadata["_dead_letter_queue"] == body["queue_name"] {
			delete(metadata, "_dead_letter_queue")
		}
	}, "queue_create"),
}
