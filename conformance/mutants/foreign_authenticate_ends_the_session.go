// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var foreignAuthenticateEndsTheSession = Mutant{
	Name: "foreign-authenticate-ends-the-session", Breaks: spec.AUT11,
	Does: "an authenticate for another project than that of its token leaves the connection let in as nobody",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusForbidden {
			s.Identity = api.Identity{}
		}
		return resp
	}, authenticate),
}
