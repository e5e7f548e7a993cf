// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteManyTakesTheFreeOnes = Mutant{
	Name: "delete-many-takes-the-free-ones", Breaks: spec.MSG50,
	Does:  "message_delete_many deletes the free messages of a list that it refuses for a claimed one",
	Store: func(next store.Data) store.Data { return partial{next} },
}

type partial struct{ store.Data }

func (s partial) DeleteMessages(ctx context.Context, q store.Queue, ids, claims []string) error {
	all, err := s.MessagesByID(ctx, q, ids)
	for _, m := range all {
		if m.ClaimID == "" && err == nil {
			err = s.DeleteMessage(ctx, q, m.ID, nil)
		}
	}
	if err != nil {
		return err
	}
	return s.Data.DeleteMessages(ctx, q, ids, claims)
}
