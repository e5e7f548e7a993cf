// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"cmp"
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var getManyInOrderOfPosting = Mutant{
	Name: "get-many-in-order-of-posting", Breaks: spec.MSG36,
	Does: "message_get_many returns the messages in the order in which they were posted",
	Store: gettingMany(func(_ []string, all []store.Message) ([]store.Message, error) {
		slices.SortFunc(all, func(a, b store.Message) int { return cmp.Compare(a.ID, b.ID) }) // ids rise
		return all, nil
	}),
}

// gettingMany changes what the store returns for two ids and more.
func gettingMany(change func(ids []string, all []store.Message) ([]store.Message, error)) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return many{next, change} }
}

type many struct {
	store.Data

	change func(ids []string, all []store.Message) ([]store.Message, error)
}

func (s many) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	all, err := s.Data.MessagesByID(ctx, q, ids)
	if err != nil || len(ids) < 2 {
		return all, err
	}
	return s.change(ids, all)
}
