// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"errors"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var nameCollidesWithTheIndex = Mutant{
	Name: "name-collides-with-the-index", Breaks: spec.QUE4, Fact: "F287",
	Does:  "a queue named queues_set lies where the index of its project does, which then fails",
	Store: func(next store.Data) store.Data { return &indexed{Data: next} },
}

type indexed struct {
	store.Data

	spoilt memo[string, bool]
}

func (s *indexed) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	if q.Name == "queues_set" {
		s.spoilt.put(q.Project, true)
	}
	return s.Data.CreateQueue(ctx, q, set)
}

func (s *indexed) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	if _, spoilt := s.spoilt.get(project); spoilt {
		return nil, errors.New("WRONGTYPE: the key holds another kind of value")
	}
	return s.Data.ListQueues(ctx, project, p)
}

func (s *indexed) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	if _, spoilt := s.spoilt.get(q.Project); spoilt {
		return nil, errors.New("WRONGTYPE: the key holds another kind of value")
	}
	return s.Data.PostMessages(ctx, q, p)
}
