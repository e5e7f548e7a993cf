// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimEndsWithItsFirstMessage = Mutant{
	Name: "claim-ends-with-its-first-message", Breaks: spec.CLM20,
	Does:  "message_delete of one message ends the claim that holds it",
	Store: func(next store.Data) store.Data { return brief{next} },
}

type brief struct{ store.Data }

func (s brief) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	err := s.Data.DeleteMessage(ctx, q, id, claim)
	if err == nil && claim != nil {
		err = s.DeleteClaim(ctx, q, *claim)
	}
	return err
}
