// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var statsLeaveOutTheDelayed = Mutant{
	Name: "stats-leave-out-the-delayed", Breaks: spec.QUE29,
	Does:  "queue_get_stats does not count delayed messages",
	Store: func(next store.Data) store.Data { return countingShown{next} },
}

type countingShown struct{ store.Data }

func (s countingShown) QueueStats(ctx context.Context, q store.Queue) (store.Stats, error) {
	stats, err := s.Data.QueueStats(ctx, q)
	stats.Free -= len(delayedIn(ctx, s.Data, q))
	return stats, err
}
