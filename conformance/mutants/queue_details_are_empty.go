// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueDetailsAreEmpty = Mutant{
	Name: "queue-details-are-empty", Breaks: spec.QUE24,
	Does:  "queue_list with detailed gives every queue empty metadata",
	Store: func(next store.Data) store.Data { return undetailed{next} },
}

type undetailed struct{ store.Data }

func (s undetailed) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	list, err := s.Data.ListQueues(ctx, project, p)
	for i := range list {
		list[i].Metadata = nil
	}
	return list, err
}
