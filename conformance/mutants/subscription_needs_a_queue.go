// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionNeedsAQueue = Mutant{
	Name: "subscription-needs-a-queue", Breaks: spec.SUB2,
	Does:  "subscription_create finds no queue where there is none, and makes none",
	Store: func(next store.Data) store.Data { return unwilling{next} },
}

type unwilling struct{ store.Data }

func (s unwilling) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	if _, err := s.QueueMetadata(ctx, q); err != nil {
		return "", err
	}
	return s.Data.CreateSubscription(ctx, q, n)
}
