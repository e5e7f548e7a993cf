// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersWithoutAQueueVanish = Mutant{
	Name: "dead-letters-without-a-queue-vanish", Breaks: spec.CLM32,
	Does: "claim_create drops a message that was claimed often enough when no queue is named for it",
	Store: settling(func(q store.Queue, set *store.Settings) {
		if set.DeadLetters == "" {
			set.DeadLetters = q.Name + "-dead"
		}
	}),
}
