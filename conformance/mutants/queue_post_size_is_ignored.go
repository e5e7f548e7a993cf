// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queuePostSizeIsIgnored = Mutant{
	Name: "queue-post-size-is-ignored", Breaks: spec.MSG14,
	Does:  "message_post does not heed the _max_messages_post_size of a queue",
	Store: func(next store.Data) store.Data { return boundless{next} },
}

type boundless struct{ store.Data }

func (s boundless) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	set.MaxPost = 0
	return s.Data.CreateQueue(ctx, q, set)
}
