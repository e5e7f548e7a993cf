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

var withdrawalIsNotTold = Mutant{
	Name: "withdrawal-is-not-told", Breaks: spec.SUB85,
	Does: "a webhook that says that it wants no messages is not told how to go back on that",
	Elsewhere: func(next api.Elsewhere) api.Elsewhere {
		return elsewhere{Elsewhere: next, deliver: func(ctx context.Context, q store.Queue, s store.Subscription, n msgp.Marshaler) {
			if _, told := n.(*wire.UnsubscribeConfirmation); !told {
				next.Deliver(ctx, q, s, n)
			}
		}}
	},
}
