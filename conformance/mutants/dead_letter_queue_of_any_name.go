// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLetterQueueOfAnyName = Mutant{
	Name: "dead-letter-queue-of-any-name", Breaks: spec.QUE42,
	Does:  "queue_create takes a _dead_letter_queue that no queue can be named, and forgets it",
	Codec: unkeyed("QUE-42", "_dead_letter_queue"),
}
