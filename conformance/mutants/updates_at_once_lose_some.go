// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var updatesAtOnceLoseSome = Mutant{
	Name: "updates-at-once-lose-some", Breaks: spec.QUE50,
	Does:  "of two calls of queue_update at the same moment only the later is kept",
	Store: func(next store.Data) store.Data { return overwriting{next} },
}

type overwriting struct{ store.Data }

func (s overwriting) UpdateQueue(ctx context.Context, q store.Queue, change func([]byte) (store.Settings, error)) error {
	before, err := s.QueueMetadata(ctx, q)
	if err != nil {
		return err
	}
	<-time.After(2 * time.Millisecond)
	return s.Data.UpdateQueue(ctx, q, func([]byte) (store.Settings, error) { return change(before) })
}
