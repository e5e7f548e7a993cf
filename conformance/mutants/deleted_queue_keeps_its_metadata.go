// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deletedQueueKeepsItsMetadata = Mutant{
	Name: "deleted-queue-keeps-its-metadata", Breaks: spec.QUE27,
	Does:  "a queue that is made again has the metadata that it had when it was deleted",
	Store: func(next store.Data) store.Data { return &remembering{Data: next} },
}

type remembering struct {
	store.Data

	settings memo[store.Queue, store.Settings]
}

func (s *remembering) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	if old, were := s.settings.get(q); were {
		set = old
	}
	s.settings.put(q, set)
	return s.Data.CreateQueue(ctx, q, set)
}
