// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimedMessageIsDeletedWithoutItsClaim = Mutant{
	Name: "claimed-message-is-deleted-without-its-claim", Breaks: spec.MSG43,
	Does: "message_delete deletes a message that a claim holds without being given the claim",
	Store: deletingUnder(func(m store.Message, claim *string) *string {
		if claim == nil && m.ClaimID != "" {
			return &m.ClaimID
		}
		return claim
	}),
}

// deletingUnder changes the claim under which message_delete deletes a message.
func deletingUnder(change func(m store.Message, claim *string) *string) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return lax{next, change} }
}

type lax struct {
	store.Data

	change func(m store.Message, claim *string) *string
}

func (s lax) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	if all, err := s.MessagesByID(ctx, q, []string{id}); err == nil && len(all) == 1 {
		claim = s.change(all[0], claim)
	}
	return s.Data.DeleteMessage(ctx, q, id, claim)
}
