// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteOfNoMessageNeedsItsClaim = Mutant{
	Name: "delete-of-no-message-needs-its-claim", Breaks: spec.MSG41,
	Does:  "message_delete of a message that is not there answers with status 400 when it names a claim",
	Store: func(next store.Data) store.Data { return claimFirst{next} },
}

type claimFirst struct{ store.Data }

func (s claimFirst) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	if all, err := s.MessagesByID(ctx, q, []string{id}); err == nil && len(all) == 0 && claim != nil {
		return &store.Error{Kind: store.Mismatch, What: "claim", ID: *claim}
	}
	return s.Data.DeleteMessage(ctx, q, id, claim)
}
