// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var fullConnectionIsJustFull = Mutant{
	Name: "full-connection-is-just-full", Breaks: spec.SUB9,
	Does: "a connection that repeats one of as many subscriptions as it may have is answered with status 403",
	API: func(next api.Doer) api.Doer {
		var made memo[*api.Session, int64]
		return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
			resp := next.Do(ctx, s, req)
			switch n, _ := made.get(s); {
			case resp.Status == statusCreated:
				made.put(s, n+1)
			case resp.Status == statusConflict && n >= wire.Limits{}.WithDefaults().MaxSubscriptionsPerConnection:
				return failed(req, statusForbidden)
			}
			return resp
		}, "subscription_create")(next)
	},
}
