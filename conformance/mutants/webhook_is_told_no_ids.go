// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookIsToldNoIDs = Mutant{
	Name: "webhook-is-told-no-ids", Breaks: spec.SUB46,
	Does: "what is posted to a webhook names neither message nor subscription",
	Elsewhere: func(next api.Elsewhere) api.Elsewhere {
		return elsewhere{Elsewhere: next, deliver: func(ctx context.Context, q store.Queue, s store.Subscription, n msgp.Marshaler) {
			if news, ok := n.(*wire.Notification); ok {
				bare := *news
				bare.MessageID, bare.SubscriptionID = nil, nil
				n = &bare
			}
			next.Deliver(ctx, q, s, n)
		}}
	},
}
