// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var whoAsksComesFirst = Mutant{
	Name: "who-asks-comes-first", Breaks: spec.AUT9,
	Does: "a request that breaks the rules is answered with status 403 on a connection that is not let in",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if s.Project == "" && req.Refusal != nil {
			return failed(req, statusForbidden)
		}
		return next.Do(ctx, s, req)
	}),
}
