// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var badTokenCloses = Mutant{
	Name: "bad-token-closes", Breaks: spec.AUT15,
	Does: "a connection is closed after an authenticate with a bad token",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusUnauthorized {
			s.Close(int(websocket.StatusPolicyViolation), "the token is not good")
		}
		return resp
	}, authenticate),
}
