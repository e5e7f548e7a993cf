// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var firstMessageIsNoMarker = Mutant{
	Name: "first-message-is-no-marker", Breaks: spec.MSG31, Fact: "F293",
	Does: "message_list begins anew when the marker is the first message of all",
	Store: marking(func(all []string, p *store.Page) {
		if len(all) > 0 && all[0] == p.Marker {
			p.Marker = ""
		}
	}),
}

// marking changes the page that message_list asks for; all are the ids of the queue.
func marking(change func(all []string, p *store.Page)) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return marked{next, change} }
}

type marked struct {
	store.Data

	change func(all []string, p *store.Page)
}

func (s marked) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	all, err := s.Data.ListMessages(ctx, q, store.Filter{Claimed: true}, plenty)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range all {
		ids = append(ids, m.ID)
	}
	s.change(ids, &p)
	return s.Data.ListMessages(ctx, q, f, p)
}
