// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionsOutliveTheirProject = Mutant{
	Name: "subscriptions-outlive-their-project", Breaks: spec.AUT70,
	Does: "a connection that is let in for another project keeps its subscriptions, and is told of them",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if s.Project == "" || req.Headers.ProjectID == s.Project {
			return next.Do(ctx, s, req)
		}
		moved := new(api.Session)
		resp := next.Do(ctx, moved, req)
		if resp.Status == statusOK {
			s.Identity = moved.Identity
		}
		return resp
	}, authenticate),
}
