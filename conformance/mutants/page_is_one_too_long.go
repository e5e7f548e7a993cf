// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var pageIsOneTooLong = Mutant{
	Name: "page-is-one-too-long", Breaks: spec.MSG25,
	Does:  "message_list returns one message more than its limit",
	Store: func(next store.Data) store.Data { return lavish{next} },
}

type lavish struct{ store.Data }

func (s lavish) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	p.Limit++
	return s.Data.ListMessages(ctx, q, f, p)
}
