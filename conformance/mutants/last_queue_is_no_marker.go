// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var lastQueueIsNoMarker = Mutant{
	Name: "last-queue-is-no-marker", Breaks: spec.QUE21,
	Does:  "queue_list shows the last queue again when it is the marker",
	Store: func(next store.Data) store.Data { return endless{next} },
}

type endless struct{ store.Data }

func (s endless) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	list, err := s.Data.ListQueues(ctx, project, p)
	if p.Marker != "" && len(list) == 0 {
		list = append(list, store.QueueInfo{Name: p.Marker})
	}
	return list, err
}
