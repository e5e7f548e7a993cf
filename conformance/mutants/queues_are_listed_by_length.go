// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"cmp"
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuesAreListedByLength = Mutant{
	Name: "queues-are-listed-by-length", Breaks: spec.QUE23,
	Does:  "queue_list shows the shorter names first",
	Store: func(next store.Data) store.Data { return byLength{next} },
}

type byLength struct{ store.Data }

func (s byLength) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	all, err := s.Data.ListQueues(ctx, project, plenty)
	slices.SortStableFunc(all, func(a, b store.QueueInfo) int { return cmp.Compare(len(a.Name), len(b.Name)) })
	at := slices.IndexFunc(all, func(q store.QueueInfo) bool { return q.Name == p.Marker })
	all = all[at+1:]
	return all[:min(len(all), p.Limit)], err
}
