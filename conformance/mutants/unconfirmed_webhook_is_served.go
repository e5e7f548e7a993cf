// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unconfirmedWebhookIsServed = Mutant{
	Name: "unconfirmed-webhook-is-served", Breaks: spec.SUB81,
	Does:  "a webhook is sent messages before it has confirmed that it wants them",
	Store: func(next store.Data) store.Data { return sure{next} },
}

// sure takes every new subscription for confirmed.
type sure struct{ store.Data }

func (t sure) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	n.Confirmed = true
	return t.Data.CreateSubscription(ctx, q, n)
}
