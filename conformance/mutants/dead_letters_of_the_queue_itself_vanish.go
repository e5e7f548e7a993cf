// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersOfTheQueueItselfVanish = Mutant{
	Name: "dead-letters-of-the-queue-itself-vanish", Breaks: spec.CLM38, Fact: "F085",
	Does: "a queue that names itself for its dead letters is made, and loses them",
	API: requesting(func(_ *wire.Request, body object) {
		if metadata := metadataOf(body); metadata["_dead_letter_queue"] == body["queue_name"] {
			metadata["_dead_letter_queue"] = "nowhere"
		}
	}, "queue_create"),
}
