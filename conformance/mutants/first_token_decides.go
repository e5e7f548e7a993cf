// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var firstTokenDecides = Mutant{
	Name: "first-token-decides", Breaks: spec.AUT10,
	Does: "a connection that is let in stays what it is after an authenticate for another project, which is answered with status 200",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		was := s.Identity
		resp := next.Do(ctx, s, req)
		if was.Project != "" {
			s.Identity = was
		}
		return resp
	}, authenticate),
}
