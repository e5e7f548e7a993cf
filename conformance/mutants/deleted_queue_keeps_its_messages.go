// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deletedQueueKeepsItsMessages = Mutant{
	Name: "deleted-queue-keeps-its-messages", Breaks: spec.QUE27,
	Does:  "a queue that is made again has the messages that it had when it was deleted",
	Store: func(next store.Data) store.Data { return &keeping{Data: next} },
}

type keeping struct {
	store.Data

	kept memo[store.Queue, []store.NewMessage]
}

func (s *keeping) DeleteQueue(ctx context.Context, q store.Queue) error {
	all, _ := s.ListMessages(ctx, q, store.Filter{Claimed: true}, plenty)
	var kept []store.NewMessage
	for _, m := range all {
		kept = append(kept, store.NewMessage{TTL: m.TTL, Body: m.Body})
	}
	if len(kept) > 0 {
		s.kept.put(q, kept)
	}
	return s.Data.DeleteQueue(ctx, q)
}

func (s *keeping) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	made, err := s.Data.CreateQueue(ctx, q, set)
	if kept, were := s.kept.get(q); made && were {
		s.kept.drop(q)
		_, err = s.PostMessages(ctx, q, store.Post{Messages: kept})
	}
	return made, err
}
