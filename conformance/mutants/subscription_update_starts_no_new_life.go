// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionUpdateStartsNoNewLife = Mutant{
	Name: "subscription-update-starts-no-new-life", Breaks: spec.SUB30,
	Does:  "a subscription_update without a ttl leaves the end where it is",
	Store: func(next store.Data) store.Data { return unmoved{next} },
}

type unmoved struct{ store.Data }

func (s unmoved) UpdateSubscription(ctx context.Context, q store.Queue, id string, ttl time.Duration, options []byte) error {
	if ttl == 0 && options == nil {
		return nil
	}
	return s.Data.UpdateSubscription(ctx, q, id, ttl, options)
}
