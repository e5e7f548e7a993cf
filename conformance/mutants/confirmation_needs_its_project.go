// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var confirmationNeedsItsProject = Mutant{
	Name: "confirmation-needs-its-project", Breaks: spec.SUB83,
	Does: "subscription_confirm is answered with status 403 on a connection that is let in for another project",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if s.Project != "" && s.Project != req.Headers.ProjectID {
			bare := *req
			bare.Headers.URLSignature = ""
			req = &bare
		}
		return next.Do(ctx, s, req)
	}, "subscription_confirm"),
}
