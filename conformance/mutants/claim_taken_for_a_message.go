// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"errors"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimTakenForAMessage = Mutant{
	Name: "claim-taken-for-a-message", Breaks: spec.MSG35, Fact: "F264",
	Does:  "message_get answers with status 500 to the id of a claim, which it takes for a message",
	Store: func(next store.Data) store.Data { return mistaking{next} },
}

type mistaking struct{ store.Data }

func (s mistaking) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	if len(ids) == 1 {
		if _, err := s.Claim(ctx, q, ids[0]); err == nil {
			return nil, errors.New("a message has no body")
		}
	}
	return s.Data.MessagesByID(ctx, q, ids)
}
