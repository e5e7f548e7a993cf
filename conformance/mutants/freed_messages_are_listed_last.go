// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"cmp"
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var freedMessagesAreListedLast = Mutant{
	Name: "freed-messages-are-listed-last", Breaks: spec.CLM16,
	Does:  "message_list shows messages that were claimed before behind all others",
	Store: func(next store.Data) store.Data { return demoting{next} },
}

type demoting struct{ store.Data }

func (s demoting) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	all, err := s.Data.ListMessages(ctx, q, f, p)
	slices.SortStableFunc(all, func(a, b store.Message) int { return cmp.Compare(a.ClaimCount, b.ClaimCount) })
	return all, err
}
