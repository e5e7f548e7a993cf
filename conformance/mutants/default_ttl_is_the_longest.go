// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var defaultTTLIsTheLongest = Mutant{
	Name: "default-ttl-is-the-longest", Breaks: spec.MSG15,
	Does:  "message_post gives 14 days to a message that names no ttl",
	Store: func(next store.Data) store.Data { return generous{next} },
}

type generous struct{ store.Data }

func (s generous) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	p.TTL = 14 * 24 * time.Hour
	return s.Data.PostMessages(ctx, q, p)
}
