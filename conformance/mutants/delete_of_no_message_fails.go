// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteOfNoMessageFails = Mutant{
	Name: "delete-of-no-message-fails", Breaks: spec.MSG41,
	Does:  "message_delete answers with status 404 when there is no such message",
	Store: func(next store.Data) store.Data { return insistent{next} },
}

type insistent struct{ store.Data }

func (s insistent) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	if all, err := s.MessagesByID(ctx, q, []string{id}); err == nil && len(all) == 0 {
		return &store.Error{Kind: store.NotFound, What: "message", ID: id}
	}
	return s.Data.DeleteMessage(ctx, q, id, claim)
}
