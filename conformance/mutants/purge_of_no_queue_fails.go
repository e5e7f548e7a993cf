// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeOfNoQueueFails = Mutant{
	Name: "purge-of-no-queue-fails", Breaks: spec.QUE34,
	Does:  "queue_purge answers with status 404 when there is no such queue",
	Store: func(next store.Data) store.Data { return exacting{next} },
}

type exacting struct{ store.Data }

func (s exacting) PurgeMessages(ctx context.Context, q store.Queue) error {
	if _, err := s.QueueMetadata(ctx, q); err != nil {
		return err
	}
	return s.Data.PurgeMessages(ctx, q)
}
