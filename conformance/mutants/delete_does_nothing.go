// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteDoesNothing = Mutant{
	Name: "delete-does-nothing", Breaks: spec.MSG42,
	Does:  "message_delete answers with status 204, and the message stays",
	Store: func(next store.Data) store.Data { return idle{next} },
}

type idle struct{ store.Data }

func (s idle) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	all, err := s.MessagesByID(ctx, q, []string{id})
	if err == nil && len(all) == 1 && (claim == nil && all[0].ClaimID == "" || claim != nil && all[0].ClaimID == *claim) {
		return nil
	}
	return s.Data.DeleteMessage(ctx, q, id, claim)
}
