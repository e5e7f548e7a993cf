// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersAreGotWhereTheyWere = Mutant{
	Name: "dead-letters-are-got-where-they-were", Breaks: spec.CLM36,
	Does:  "message_get finds a message that was moved in the queue that it came from",
	Store: func(next store.Data) store.Data { return &restless{burying{Data: next}} },
}

type restless struct{ burying }

func (s *restless) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	found, err := s.Data.MessagesByID(ctx, q, ids)
	if to, there := s.morgue(ctx, q); there && len(found) == 0 {
		return s.Data.MessagesByID(ctx, to, ids)
	}
	return found, err
}
