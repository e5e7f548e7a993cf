// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var statsCountClaimedAsFree = Mutant{
	Name: "stats-count-claimed-as-free", Breaks: spec.QUE29,
	Does:  "queue_get_stats counts the messages that a claim holds as free",
	Store: func(next store.Data) store.Data { return blurred{next} },
}

type blurred struct{ store.Data }

func (s blurred) QueueStats(ctx context.Context, q store.Queue) (store.Stats, error) {
	stats, err := s.Data.QueueStats(ctx, q)
	stats.Claimed, stats.Free = 0, stats.Claimed+stats.Free
	return stats, err
}
