// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var signatureIsAlwaysLookedAt = Mutant{
	Name: "signature-is-always-looked-at", Breaks: spec.AUT64,
	Does: "a bad signature is refused on a connection that is authenticated, too",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if s.Project != "" && strings.Trim(req.Headers.URLSignature, "0") != req.Headers.URLSignature {
			return failed(req, statusForbidden)
		}
		return next.Do(ctx, s, req)
	}),
}
