// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var getManyOfNoQueueFails = Mutant{
	Name: "get-many-of-no-queue-fails", Breaks: spec.MSG36,
	Does:  "message_get_many answers with status 404 when there is no such queue",
	Store: func(next store.Data) store.Data { return pedantic{next} },
}

type pedantic struct{ store.Data }

func (s pedantic) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	if _, err := s.QueueMetadata(ctx, q); err != nil {
		return nil, err
	}
	return s.Data.MessagesByID(ctx, q, ids)
}
