// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var popShowsTheNewestFirst = Mutant{
	Name: "pop-shows-the-newest-first", Breaks: spec.MSG52,
	Does:  "message_delete_many with pop returns the last posted first",
	Store: func(next store.Data) store.Data { return reversing{next} },
}

type reversing struct{ store.Data }

func (s reversing) PopMessages(ctx context.Context, q store.Queue, b store.Batch) ([]store.Message, error) {
	popped, err := s.Data.PopMessages(ctx, q, b)
	slices.Reverse(popped)
	return popped, err
}
