// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var delayedMessageIsPopped = Mutant{
	Name: "delayed-message-is-popped", Breaks: spec.MSG58,
	Does:  "message_delete_many pops delayed messages behind the others",
	Store: func(next store.Data) store.Data { return popsDelayed{next} },
}

type popsDelayed struct{ store.Data }

func (s popsDelayed) PopMessages(ctx context.Context, q store.Queue, b store.Batch) ([]store.Message, error) {
	popped, err := s.Data.PopMessages(ctx, q, b)
	for _, m := range delayedIn(ctx, s.Data, q) {
		if err == nil && len(popped) < b.Limit {
			err = s.DeleteMessage(ctx, q, m.ID, nil)
			popped = append(popped, m)
		}
	}
	return popped, err
}
