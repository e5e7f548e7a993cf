// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deletedQueuesAreListed = Mutant{
	Name: "deleted-queues-are-listed", Breaks: spec.QUE18,
	Does:  "queue_list goes on showing queues that are deleted",
	Store: func(next store.Data) store.Data { return &haunted{Data: next} },
}

type haunted struct {
	store.Data

	ghosts memo[string, []string]
}

func (s *haunted) DeleteQueue(ctx context.Context, q store.Queue) error {
	if _, err := s.QueueMetadata(ctx, q); err == nil {
		names, _ := s.ghosts.get(q.Project)
		s.ghosts.put(q.Project, append(slices.Clone(names), q.Name))
	}
	return s.Data.DeleteQueue(ctx, q)
}

func (s *haunted) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	all, err := s.Data.ListQueues(ctx, project, plenty)
	names, _ := s.ghosts.get(project)
	for _, name := range names {
		all = append(all, store.QueueInfo{Name: name})
	}
	return pageOf(all, p), err
}
