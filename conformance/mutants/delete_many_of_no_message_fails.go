// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteManyOfNoMessageFails = Mutant{
	Name: "delete-many-of-no-message-fails", Breaks: spec.MSG49,
	Does:  "message_delete_many answers with status 404 when one of the messages is not there",
	Store: func(next store.Data) store.Data { return fussy{next} },
}

type fussy struct{ store.Data }

func (s fussy) DeleteMessages(ctx context.Context, q store.Queue, ids, claims []string) error {
	all, err := s.MessagesByID(ctx, q, ids)
	if err == nil && len(all) < len(ids) {
		return &store.Error{Kind: store.NotFound, What: "message", ID: ids[0]}
	}
	return s.Data.DeleteMessages(ctx, q, ids, claims)
}
