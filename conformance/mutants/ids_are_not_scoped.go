// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var idsAreNotScoped = Mutant{
	Name: "ids-are-not-scoped", Breaks: spec.MSG40, Fact: "F263",
	Does:  "messages are shown and deleted by their bare id, from any queue of any project",
	Store: func(next store.Data) store.Data { return &unscoped{Data: next} },
}

type unscoped struct {
	store.Data

	home memo[string, store.Queue] // by message
}

func (s *unscoped) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	posted, err := s.Data.PostMessages(ctx, q, p)
	for _, m := range posted {
		s.home.put(m.ID, q)
	}
	return posted, err
}

// of is the queue of the first of ids that is known, wherever it was looked for.
func (s *unscoped) of(q store.Queue, ids ...string) store.Queue {
	for _, id := range ids {
		if home, is := s.home.get(id); is {
			return home
		}
	}
	return q
}

func (s *unscoped) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	return s.Data.MessagesByID(ctx, s.of(q, ids...), ids)
}

func (s *unscoped) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	return s.Data.DeleteMessage(ctx, s.of(q, id), id, claim)
}

func (s *unscoped) DeleteMessages(ctx context.Context, q store.Queue, ids, claims []string) error {
	return s.Data.DeleteMessages(ctx, s.of(q, ids...), ids, claims)
}
