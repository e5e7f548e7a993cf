// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var signedRequestLetsIn = Mutant{
	Name: "signed-request-lets-in", Breaks: spec.AUT60,
	Does: "a connection that has sent a signed request is let in",
	API: aboutSigned(func(ctx context.Context, s *api.Session, sig signature, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, sig.Request)
		if resp.Status < statusBadRequest {
			s.Project = sig.Headers.ProjectID
		}
		return resp
	}),
}
