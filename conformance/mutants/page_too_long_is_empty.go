// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var pageTooLongIsEmpty = Mutant{
	Name: "page-too-long-is-empty", Breaks: spec.MSG54,
	Does:  "message_list returns no messages when they are longer than a frame together",
	Store: func(next store.Data) store.Data { return short{next} },
}

type short struct{ store.Data }

func (s short) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	all, err := s.Data.ListMessages(ctx, q, f, p)
	size := 0
	for _, m := range all {
		size += len(m.Body)
	}
	if size > 2<<20 {
		return nil, err
	}
	return all, err
}
