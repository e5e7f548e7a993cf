// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteManyTakesTheFirstOnly = Mutant{
	Name: "delete-many-takes-the-first-only", Breaks: spec.MSG42,
	Does:  "message_delete_many deletes only the first of its message_ids",
	Store: func(next store.Data) store.Data { return sluggish{next} },
}

type sluggish struct{ store.Data }

func (s sluggish) DeleteMessages(ctx context.Context, q store.Queue, ids, claims []string) error {
	return s.Data.DeleteMessages(ctx, q, ids[:1], claims)
}
