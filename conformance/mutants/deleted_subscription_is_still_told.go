// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deletedSubscriptionIsStillTold = Mutant{
	Name: "deleted-subscription-is-still-told", Breaks: spec.SUB53,
	Does:  "a deleted subscription is no longer shown, and still told",
	Store: func(next store.Data) store.Data { return &undead{Data: next} },
}

type undead struct {
	store.Data

	dead memo[string, bool]
}

func (s *undead) DeleteSubscription(_ context.Context, _ store.Queue, id string) error {
	s.dead.put(id, true)
	return nil
}

func (s *undead) Subscription(ctx context.Context, q store.Queue, id string) (store.Subscription, error) {
	if _, is := s.dead.get(id); is {
		return store.Subscription{}, &store.Error{Kind: store.NotFound, What: "subscription", ID: id}
	}
	return s.Data.Subscription(ctx, q, id)
}

func (s *undead) ListSubscriptions(ctx context.Context, q store.Queue, p store.Page) ([]store.Subscription, error) {
	all, err := s.Data.ListSubscriptions(ctx, q, p)
	if p.Limit > plenty.Limit {
		return all, err // those to be told
	}
	return slices.DeleteFunc(all, func(one store.Subscription) bool {
		_, is := s.dead.get(one.ID)
		return is
	}), err
}
