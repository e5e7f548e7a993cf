// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var purgeTakesOnePage = Mutant{
	Name: "purge-takes-one-page", Breaks: spec.QUE35,
	Does:  "queue_purge removes the first 20 messages, and leaves the others",
	Store: func(next store.Data) store.Data { return sweeping{next} },
}

type sweeping struct{ store.Data }

func (s sweeping) PurgeMessages(ctx context.Context, q store.Queue) error {
	_, err := s.PopMessages(ctx, q, store.Batch{Limit: 20})
	return err
}
