// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"
	"sync"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuesOfAllProjectsAreListed = Mutant{
	Name: "queues-of-all-projects-are-listed", Breaks: spec.QUE18,
	Does:  "queue_list shows the queues of every project",
	Store: func(next store.Data) store.Data { return &mingled{Data: next} },
}

type mingled struct {
	store.Data

	mu       sync.Mutex
	projects []string
}

func (s *mingled) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	s.mu.Lock()
	if !slices.Contains(s.projects, q.Project) {
		s.projects = append(s.projects, q.Project)
	}
	s.mu.Unlock()
	return s.Data.CreateQueue(ctx, q, set)
}

func (s *mingled) ListQueues(ctx context.Context, _ string, p store.Page) ([]store.QueueInfo, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []store.QueueInfo
	for _, project := range s.projects {
		list, err := s.Data.ListQueues(ctx, project, plenty)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return pageOf(all, p), nil
}
