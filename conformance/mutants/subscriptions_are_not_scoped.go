// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionsAreNotScoped = Mutant{
	Name: "subscriptions-are-not-scoped", Breaks: spec.SUB23,
	Does:  "subscription_get shows a subscription of any queue of any project",
	Store: func(next store.Data) store.Data { return &unscopedReads{registered{Data: next}} },
}

type unscopedReads struct{ registered }

func (s *unscopedReads) Subscription(ctx context.Context, q store.Queue, id string) (store.Subscription, error) {
	return s.Data.Subscription(ctx, s.of(q, id), id)
}

// registered knows the queue of each subscription.
type registered struct {
	store.Data

	home memo[string, store.Queue]
}

func (s *registered) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	id, err := s.Data.CreateSubscription(ctx, q, n)
	if err == nil {
		s.home.put(id, q)
	}
	return id, err
}

// of is where a subscription is, wherever it was looked for.
func (s *registered) of(q store.Queue, id string) store.Queue {
	if home, is := s.home.get(id); is {
		return home
	}
	return q
}
