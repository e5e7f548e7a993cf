// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var notificationsOfAnotherProject = Mutant{
	Name: "notifications-of-another-project", Breaks: spec.SUB45,
	Does:  "a subscription is told of the messages in a queue of that name in any project",
	Store: func(next store.Data) store.Data { return &namesake{Data: next} },
}

type namesake struct {
	store.Data

	known memo[string, []store.Queue] // those with subscriptions, by name
}

func (s *namesake) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	queues, _ := s.known.get(q.Name)
	s.known.put(q.Name, append(slices.Clone(queues), q))
	return s.Data.CreateSubscription(ctx, q, n)
}

func (s *namesake) ListSubscriptions(ctx context.Context, q store.Queue, p store.Page) ([]store.Subscription, error) {
	all, err := s.Data.ListSubscriptions(ctx, q, p)
	if p.Limit < plenty.Limit {
		return all, err
	}
	queues, _ := s.known.get(q.Name)
	for _, other := range queues {
		if other != q {
			more, _ := s.Data.ListSubscriptions(ctx, other, p)
			all = append(all, more...)
		}
	}
	return all, err
}
