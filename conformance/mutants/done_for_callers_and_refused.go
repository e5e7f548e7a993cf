// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var doneForCallersAndRefused = Mutant{
	Name: "done-for-callers-and-refused", Breaks: spec.AUT22,
	Does: "what is for administrators is done for any caller, and then answered with status 403",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusForbidden && req.Access == wire.Admin && s.Project == req.Headers.ProjectID {
			s.Admin = true
			next.Do(ctx, s, req)
			s.Admin = false
		}
		return resp
	}),
}
