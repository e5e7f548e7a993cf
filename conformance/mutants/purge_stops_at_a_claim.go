// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeStopsAtAClaim = Mutant{
	Name: "purge-stops-at-a-claim", Breaks: spec.QUE35,
	Does:  "queue_purge removes nothing from a queue in which a claim holds a message",
	Store: func(next store.Data) store.Data { return timid{next} },
}

type timid struct{ store.Data }

func (s timid) PurgeMessages(ctx context.Context, q store.Queue) error {
	if stats, err := s.QueueStats(ctx, q); err != nil || stats.Claimed > 0 {
		return nil //nolint:nilerr // no queue is no error
	}
	return s.Data.PurgeMessages(ctx, q)
}
