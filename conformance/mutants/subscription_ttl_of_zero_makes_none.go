// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionTTLOfZeroMakesNone = Mutant{
	Name: "subscription-ttl-of-zero-makes-none", Breaks: spec.SUB4, Fact: "F320",
	Does: "subscription_create answers a ttl of 0 with status 201, and makes no subscription",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		again, body := asCame(req)
		if req.Refusal != nil && again.Action == "subscription_create" && body["ttl"] == int64(0) {
			return done(req, statusCreated, object{"subscription_id": "0"})
		}
		return resp
	}),
}
