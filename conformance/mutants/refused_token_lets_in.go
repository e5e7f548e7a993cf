// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusedTokenLetsIn = Mutant{
	Name: "refused-token-lets-in", Breaks: spec.AUT8,
	Does: "a token that is refused with status 401 lets the connection in all the same",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusUnauthorized {
			s.Project = req.Headers.ProjectID
		}
		return resp
	}, authenticate),
}
