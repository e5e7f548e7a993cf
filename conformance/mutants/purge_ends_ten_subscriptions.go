// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"errors"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeEndsTenSubscriptions = Mutant{
	Name: "purge-ends-ten-subscriptions", Breaks: spec.SUB55, Fact: "F312",
	Does:  "queue_purge ends the first ten subscriptions of a queue",
	Store: func(next store.Data) store.Data { return tenfold{next} },
}

type tenfold struct{ store.Data }

func (s tenfold) PurgeSubscriptions(ctx context.Context, q store.Queue) error {
	some, err := s.ListSubscriptions(ctx, q, store.Page{Batch: store.Batch{Limit: 10}})
	for _, one := range some {
		err = errors.Join(err, s.DeleteSubscription(ctx, q, one.ID))
	}
	return err
}
