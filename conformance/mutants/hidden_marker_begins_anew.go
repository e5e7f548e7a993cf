// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var hiddenMarkerBeginsAnew = Mutant{
	Name: "hidden-marker-begins-anew", Breaks: spec.MSG31,
	Does:  "message_list begins anew when it would not show the message that is the marker",
	Store: func(next store.Data) store.Data { return shortSighted{next} },
}

type shortSighted struct{ store.Data }

func (s shortSighted) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	shown, err := s.Data.ListMessages(ctx, q, f, plenty)
	if err == nil && !slices.ContainsFunc(shown, func(m store.Message) bool { return m.ID == p.Marker }) {
		p.Marker = ""
	}
	return s.Data.ListMessages(ctx, q, f, p)
}
