// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueDefaultTTLIsIgnored = Mutant{
	Name: "queue-default-ttl-is-ignored", Breaks: spec.MSG15,
	Does:  "message_post does not heed the _default_message_ttl of a queue",
	Store: func(next store.Data) store.Data { return uniform{next} },
}

type uniform struct{ store.Data }

func (s uniform) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	set.MessageTTL = 0
	return s.Data.CreateQueue(ctx, q, set)
}
