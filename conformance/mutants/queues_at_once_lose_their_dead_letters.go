// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuesAtOnceLoseTheirDeadLetters = Mutant{
	Name: "queues-at-once-lose-their-dead-letters", Breaks: spec.POL38,
	Does:  "of two queues that are made at once and name one for their dead letters, one is refused",
	Store: func(next store.Data) store.Data { return &contended{Data: next} },
}

type contended struct {
	store.Data

	named memo[store.Queue, bool] // by a queue that is being made
}

func (s *contended) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	dead := store.Queue{Project: q.Project, Name: set.DeadLetters}
	if dead.Name == "" {
		return s.Data.CreateQueue(ctx, q, set)
	}
	if _, busy := s.named.get(dead); busy {
		return false, &store.Error{Kind: store.Taken, What: "in another pool, the name", ID: dead.Name}
	}
	s.named.put(dead, true)
	defer s.named.drop(dead)
	<-time.After(5 * time.Millisecond)
	return s.Data.CreateQueue(ctx, q, set)
}
