// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuePagesSkipOne = Mutant{
	Name: "queue-pages-skip-one", Breaks: spec.QUE22,
	Does:  "queue_list leaves a queue out between two pages",
	Store: func(next store.Data) store.Data { return leaping{next} },
}

type leaping struct{ store.Data }

func (s leaping) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	list, err := s.Data.ListQueues(ctx, project, p)
	if p.Marker != "" && len(list) > 1 {
		list = list[1:]
	}
	return list, err
}
