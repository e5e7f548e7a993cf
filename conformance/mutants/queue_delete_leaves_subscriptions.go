// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueDeleteLeavesSubscriptions = Mutant{
	Name: "queue-delete-leaves-subscriptions", Breaks: spec.SUB54, Fact: "F328",
	Does:  "the subscriptions of a deleted queue are there again when it is made anew",
	Store: func(next store.Data) store.Data { return &loyal{Data: next} },
}

type loyal struct {
	store.Data

	left memo[store.Queue, []store.Subscription]
}

func (s *loyal) DeleteQueue(ctx context.Context, q store.Queue) error {
	if all, err := s.ListSubscriptions(ctx, q, plenty); err == nil && len(all) > 0 {
		s.left.put(q, all)
	}
	return s.Data.DeleteQueue(ctx, q)
}

func (s *loyal) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	created, err := s.Data.CreateQueue(ctx, q, set)
	left, _ := s.left.get(q)
	for _, one := range left {
		_, _ = s.CreateSubscription(ctx, q, one.NewSubscription)
	}
	s.left.drop(q)
	return created, err
}
