// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueIsMadeTwiceAtOnce = Mutant{
	Name: "queue-is-made-twice-at-once", Breaks: spec.POL33,
	Does:  "two clients that make one queue at once are both told that they made it",
	Store: func(next store.Data) store.Data { return twofold{next} },
}

type twofold struct{ store.Data }

func (s twofold) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	_, err := s.QueueMetadata(ctx, q)
	if kindOf(err) == store.NotFound {
		<-time.After(5 * time.Millisecond)
	}
	created, failed := s.Data.CreateQueue(ctx, q, set)
	return created || kindOf(err) == store.NotFound && failed == nil, failed
}
