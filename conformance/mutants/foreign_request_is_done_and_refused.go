// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var foreignRequestIsDoneAndRefused = Mutant{
	Name: "foreign-request-is-done-and-refused", Breaks: spec.AUT12,
	Does: "a request for another project than that of the token is carried out, and then answered with status 403",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusForbidden && s.Project != "" && s.Project != req.Headers.ProjectID {
			actingAs(anyOne)(ctx, s, req, next)
		}
		return resp
	}),
}
