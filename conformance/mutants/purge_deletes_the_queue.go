// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeDeletesTheQueue = Mutant{
	Name: "purge-deletes-the-queue", Breaks: spec.QUE39,
	Does:  "queue_purge deletes the queue with its metadata",
	Store: func(next store.Data) store.Data { return thorough{next} },
}

type thorough struct{ store.Data }

func (s thorough) PurgeMessages(ctx context.Context, q store.Queue) error {
	return s.DeleteQueue(ctx, q)
}
