// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"errors"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var nameCollidesWithTheKeyOfAList = Mutant{
	Name: "name-collides-with-the-key-of-a-list", Breaks: spec.QUE4, Fact: "F286",
	Does:  "a queue named a.messages lies where the messages of the queue a do, which then fails",
	Store: func(next store.Data) store.Data { return &colliding{Data: next} },
}

type colliding struct {
	store.Data

	spoilt memo[store.Queue, bool]
}

func (s *colliding) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	if name, is := strings.CutSuffix(q.Name, ".messages"); is {
		s.spoilt.put(store.Queue{Project: q.Project, Name: name}, true)
	}
	return s.Data.CreateQueue(ctx, q, set)
}

func (s *colliding) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	if _, spoilt := s.spoilt.get(q); spoilt {
		return nil, errors.New("WRONGTYPE: the key holds another kind of value")
	}
	return s.Data.PostMessages(ctx, q, p)
}

func (s *colliding) QueueStats(ctx context.Context, q store.Queue) (store.Stats, error) {
	if _, spoilt := s.spoilt.get(q); spoilt {
		return store.Stats{}, errors.New("WRONGTYPE: the key holds another kind of value")
	}
	return s.Data.QueueStats(ctx, q)
}
