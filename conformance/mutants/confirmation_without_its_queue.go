// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var confirmationWithoutItsQueue = Mutant{
	Name: "confirmation-without-its-queue", Breaks: spec.SUB80,
	Does: "the request for confirmation does not say which queue it is about",
	Elsewhere: asking(func(m *wire.SubscriptionConfirmation) *wire.SubscriptionConfirmation {
		bare := *m
		bare.QueueName = ""
		return &bare
	}),
}
