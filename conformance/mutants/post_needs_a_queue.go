// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var postNeedsAQueue = Mutant{
	Name: "post-needs-a-queue", Breaks: spec.MSG2,
	Does:  "message_post answers with status 404 when there is no such queue",
	Store: func(next store.Data) store.Data { return needy{next} },
}

type needy struct{ store.Data }

func (s needy) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	if _, err := s.QueueMetadata(ctx, q); err != nil {
		return nil, err
	}
	return s.Data.PostMessages(ctx, q, p)
}
