// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var messageDeleteEndsAClaim = Mutant{
	Name: "message-delete-ends-a-claim", Breaks: spec.CLM11, Fact: "F264",
	Does:  "message_delete of an id that is a claim ends the claim, of whatever queue",
	Store: func(next store.Data) store.Data { return &untyped{housed{Data: next}} },
}

type untyped struct{ housed }

func (s *untyped) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	if home, is := s.home.get(id); is {
		return s.DeleteClaim(ctx, home, id)
	}
	return s.Data.DeleteMessage(ctx, q, id, claim)
}
