// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"errors"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownSubscriptionMarkerBreaks = Mutant{
	Name: "unknown-subscription-marker-breaks", Breaks: spec.SUB36,
	Does:  "subscription_list fails when the marker is no subscription of the queue",
	Store: func(next store.Data) store.Data { return knowing{next} },
}

type knowing struct{ store.Data }

func (s knowing) ListSubscriptions(ctx context.Context, q store.Queue, p store.Page) ([]store.Subscription, error) {
	if _, err := s.Subscription(ctx, q, p.Marker); err != nil && p.Marker != "" {
		return nil, errors.New("no such marker")
	}
	return s.Data.ListSubscriptions(ctx, q, p)
}
