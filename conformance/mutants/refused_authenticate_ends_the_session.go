// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusedAuthenticateEndsTheSession = Mutant{
	Name: "refused-authenticate-ends-the-session", Breaks: spec.AUT16,
	Does: "a connection that is let in is let in no more after an authenticate that is refused",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusUnauthorized {
			s.Identity = api.Identity{}
		}
		return resp
	}, authenticate),
}
