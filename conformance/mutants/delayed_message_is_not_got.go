// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var delayedMessageIsNotGot = Mutant{
	Name: "delayed-message-is-not-got", Breaks: spec.MSG60,
	Does:  "message_get and message_get_many do not find a delayed message",
	Store: func(next store.Data) store.Data { return secretive{next} },
}

type secretive struct{ store.Data }

func (s secretive) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	hidden := delayedIn(ctx, s.Data, q)
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return slices.ContainsFunc(hidden, func(m store.Message) bool { return m.ID == id })
	})
	return s.Data.MessagesByID(ctx, q, ids)
}
