// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var firstQueueIsNoMarker = Mutant{
	Name: "first-queue-is-no-marker", Breaks: spec.QUE21, Fact: "F293",
	Does:  "queue_list begins anew when the marker is the first queue of all",
	Store: func(next store.Data) store.Data { return circling{next} },
}

type circling struct{ store.Data }

func (s circling) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	first, err := s.Data.ListQueues(ctx, project, store.Page{Batch: store.Batch{Limit: 1}})
	if err == nil && len(first) > 0 && first[0].Name == p.Marker {
		p.Marker = ""
	}
	return s.Data.ListQueues(ctx, project, p)
}
