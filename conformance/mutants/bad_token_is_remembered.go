// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var badTokenIsRemembered = Mutant{
	Name: "bad-token-is-remembered", Breaks: spec.AUT15,
	Does: "after a bad token no other lets the connection in",
	API: func(next api.Doer) api.Doer {
		struck := &memo[*api.Session, bool]{}
		return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
			if _, bad := struck.get(s); bad {
				return failed(req, statusUnauthorized)
			}
			resp := next.Do(ctx, s, req)
			if resp.Status == statusUnauthorized {
				struck.put(s, true)
			}
			return resp
		}, authenticate)(next)
	},
}
