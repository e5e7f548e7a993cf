// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersAreCountedTwice = Mutant{
	Name: "dead-letters-are-counted-twice", Breaks: spec.CLM36, Fact: "F301",
	Does:  "queue_get_stats counts what was moved as claimed where it was",
	Store: func(next store.Data) store.Data { return &mourning{burying{Data: next}} },
}

type mourning struct{ burying }

func (s *mourning) QueueStats(ctx context.Context, q store.Queue) (store.Stats, error) {
	stats, err := s.Data.QueueStats(ctx, q)
	if to, there := s.morgue(ctx, q); there {
		moved, _ := s.Data.QueueStats(ctx, to)
		stats.Claimed += moved.Claimed + moved.Free
	}
	return stats, err
}
