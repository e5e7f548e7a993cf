// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"errors"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var endedSubscriptionIsInTheWay = Mutant{
	Name: "ended-subscription-is-in-the-way", Breaks: spec.SUB11, Fact: "F321",
	Does:  "subscription_create answers with status 500 once after a subscription of that subscriber ended",
	Store: func(next store.Data) store.Data { return &stale{Data: next} },
}

type stale struct {
	store.Data

	left memo[string, bool] // subscribers whose index entry nobody has removed
}

func (s *stale) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	id, err := s.Data.CreateSubscription(ctx, q, n)
	key := q.Project + "/" + q.Name + "/" + n.Subscriber
	if _, is := s.left.get(key); err == nil && is {
		s.left.drop(key)
		_ = s.Data.DeleteSubscription(ctx, q, id)
		return "", errors.New("an old subscription cannot be read")
	}
	s.left.put(key, true)
	return id, err
}
