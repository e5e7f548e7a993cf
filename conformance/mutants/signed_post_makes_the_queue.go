// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var signedPostMakesTheQueue = Mutant{
	Name: "signed-post-makes-the-queue", Breaks: spec.AUT57, Fact: "F210",
	Does:  "a signed message_post makes the queue that it names",
	Store: func(next store.Data) store.Data { return willing{next} },
}

type willing struct{ store.Data }

func (s willing) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	p.Existing = false
	return s.Data.PostMessages(ctx, q, p)
}
