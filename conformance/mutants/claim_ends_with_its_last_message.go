// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimEndsWithItsLastMessage = Mutant{
	Name: "claim-ends-with-its-last-message", Breaks: spec.CLM21,
	Does:  "a claim ends when all of its messages are deleted",
	Store: func(next store.Data) store.Data { return tidy{next} },
}

type tidy struct{ store.Data }

func (s tidy) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	if err := s.Data.DeleteMessage(ctx, q, id, claim); err != nil || claim == nil {
		return err
	}
	if c, err := s.Claim(ctx, q, *claim); err == nil && len(c.Messages) == 0 {
		return s.DeleteClaim(ctx, q, *claim)
	}
	return nil
}
