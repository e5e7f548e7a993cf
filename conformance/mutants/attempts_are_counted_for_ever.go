// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var attemptsAreCountedForEver = Mutant{
	Name: "attempts-are-counted-for-ever", Breaks: spec.AUT17,
	Does: "a good token between them does not make the bad ones forgotten",
	API: func(next api.Doer) api.Doer {
		attempts := &memo[*api.Session, int]{}
		return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
			resp := next.Do(ctx, s, req)
			if resp.Status == statusUnauthorized {
				n, _ := attempts.get(s)
				attempts.put(s, n+1)
				if n == 9 {
					s.Close(int(websocket.StatusPolicyViolation), "too many failed authentications")
				}
			}
			return resp
		}, authenticate)(next)
	},
}
