// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var notificationsOfANeighbourQueue = Mutant{
	Name: "notifications-of-a-neighbour-queue", Breaks: spec.SUB45,
	Does: "a subscription is told of the messages in other queues of the project, too",
	Store: func(next store.Data) store.Data {
		return &nosy{Data: next, key: func(q store.Queue) string { return q.Project }}
	},
}

type nosy struct {
	store.Data

	key   func(q store.Queue) string
	known memo[string, []store.Queue] // those with subscriptions, by key
}

func (s *nosy) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	queues, _ := s.known.get(s.key(q))
	s.known.put(s.key(q), append(slices.Clone(queues), q))
	return s.Data.CreateSubscription(ctx, q, n)
}

func (s *nosy) ListSubscriptions(ctx context.Context, q store.Queue, p store.Page) ([]store.Subscription, error) {
	all, err := s.Data.ListSubscriptions(ctx, q, p)
	if p.Limit < plenty.Limit {
		return all, err
	}
	queues, _ := s.known.get(s.key(q))
	for _, other := range queues {
		if other != q {
			more, _ := s.Data.ListSubscriptions(ctx, other, p)
			all = append(all, more...)
		}
	}
	return all, err
}
