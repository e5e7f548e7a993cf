// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuePageIsOneShort = Mutant{
	Name: "queue-page-is-one-short", Breaks: spec.QUE19,
	Does:  "queue_list returns one queue less than its limit, though there are more",
	Store: func(next store.Data) store.Data { return stingy{next} },
}

type stingy struct{ store.Data }

func (s stingy) ListQueues(ctx context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	p.Limit = max(1, p.Limit-1)
	return s.Data.ListQueues(ctx, project, p)
}
