// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueDeleteOfNoQueueFails = Mutant{
	Name: "queue-delete-of-no-queue-fails", Breaks: spec.QUE26,
	Does:  "queue_delete answers with status 404 when there is no such queue",
	Store: func(next store.Data) store.Data { return strict{next} },
}

type strict struct{ store.Data }

func (s strict) DeleteQueue(ctx context.Context, q store.Queue) error {
	if _, err := s.QueueMetadata(ctx, q); err != nil {
		return err
	}
	return s.Data.DeleteQueue(ctx, q)
}
