// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var limitBeforeFilter = Mutant{
	Name: "limit-before-filter", Breaks: spec.MSG30, Fact: "F295",
	Does:  "message_list counts to the limit first, and only then leaves messages out",
	Store: func(next store.Data) store.Data { return hasty{next} },
}

type hasty struct{ store.Data }

func (s hasty) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	counted, err := s.Data.ListMessages(ctx, q, store.Filter{Claimed: true}, p)
	if err != nil {
		return nil, err
	}
	asked, err := s.Data.ListMessages(ctx, q, f, store.Page{Batch: plenty.Batch, Marker: p.Marker})
	return slices.DeleteFunc(asked, func(m store.Message) bool {
		return !slices.ContainsFunc(counted, func(c store.Message) bool { return c.ID == m.ID })
	}), err
}
