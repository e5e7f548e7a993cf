// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var refusedTokenEndsTheSession = Mutant{
	Name: "refused-token-ends-the-session", Breaks: spec.AUT20,
	Does: "an authenticate that is refused for its project sets the end of the connection",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, req)
		if resp.Status == statusForbidden && s.Project != "" {
			was := *req
			was.Headers.ProjectID = s.Project
			next.Do(ctx, s, &was)
		}
		return resp
	}, authenticate),
}
