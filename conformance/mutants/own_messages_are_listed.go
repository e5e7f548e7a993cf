// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var ownMessagesAreListed = Mutant{
	Name: "own-messages-are-listed", Breaks: spec.MSG27,
	Does:  "message_list shows a client its own messages, with echo or without",
	Store: filtering(func(f *store.Filter, _ store.Page) { f.NotFrom = "" }),
}

// filtering changes what message_list asks the store for.
func filtering(change func(f *store.Filter, p store.Page)) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return filtered{next, change} }
}

type filtered struct {
	store.Data

	change func(f *store.Filter, p store.Page)
}

func (s filtered) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	s.change(&f, p)
	return s.Data.ListMessages(ctx, q, f, p)
}
