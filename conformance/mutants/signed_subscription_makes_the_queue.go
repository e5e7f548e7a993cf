// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var signedSubscriptionMakesTheQueue = Mutant{
	Name: "signed-subscription-makes-the-queue", Breaks: spec.AUT57,
	Does:  "a signed subscription_create makes the queue that it names",
	Store: func(next store.Data) store.Data { return lured{next} },
}

type lured struct{ store.Data }

func (s lured) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	n.Existing = false
	return s.Data.CreateSubscription(ctx, q, n)
}
