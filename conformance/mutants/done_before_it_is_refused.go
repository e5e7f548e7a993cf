// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var doneBeforeItIsRefused = Mutant{
	Name: "done-before-it-is-refused", Breaks: spec.AUT8,
	Does: "a request on a connection that is not let in is carried out, and then answered with status 403",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if s.Project != "" || req.Refusal != nil || req.Access == wire.Anyone {
			return next.Do(ctx, s, req)
		}
		actingAs(anyOne)(ctx, s, req, next)
		return failed(req, statusForbidden)
	}),
}
