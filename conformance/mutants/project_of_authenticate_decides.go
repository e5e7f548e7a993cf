// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var projectOfAuthenticateDecides = Mutant{
	Name: "project-of-authenticate-decides", Breaks: spec.AUT11, Fact: "F200",
	Does: "an authenticate lets the connection in as the project that it names, whatever the project of its token",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusForbidden {
			s.Project = req.Headers.ProjectID
			return done(req, statusOK, object{"message": "Authentified."})
		}
		return resp
	}, authenticate),
}
