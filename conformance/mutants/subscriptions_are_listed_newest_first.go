// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionsAreListedNewestFirst = Mutant{
	Name: "subscriptions-are-listed-newest-first", Breaks: spec.SUB29,
	Does:  "subscription_list shows the newest first, and begins anew when there is no subscription of the marker's id",
	Store: func(next store.Data) store.Data { return newestFirst{next} },
}

type newestFirst struct{ store.Data }

func (s newestFirst) ListSubscriptions(ctx context.Context, q store.Queue, p store.Page) ([]store.Subscription, error) {
	all, err := s.Data.ListSubscriptions(ctx, q, plenty)
	slices.Reverse(all)
	all = all[slices.IndexFunc(all, func(one store.Subscription) bool { return one.ID == p.Marker })+1:]
	return all[:min(len(all), p.Limit)], err
}
