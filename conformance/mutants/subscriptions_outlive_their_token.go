// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionsOutliveTheirToken = Mutant{
	Name: "subscriptions-outlive-their-token", Breaks: spec.AUT21,
	Does: "subscriptions stay when their connection ends, for its token or otherwise",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		return next.Do(context.WithValue(ctx, askedFor{}, true), s, req)
	}),
	Store: func(next store.Data) store.Data { return faithful{next} },
}

// askedFor marks what a client asks for.
type askedFor struct{}

type faithful struct{ store.Data }

func (f faithful) DeleteSubscription(ctx context.Context, q store.Queue, id string) error {
	if ctx.Value(askedFor{}) == nil {
		return nil
	}
	return f.Data.DeleteSubscription(ctx, q, id)
}
