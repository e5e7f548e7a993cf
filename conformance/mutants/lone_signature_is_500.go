// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var loneSignatureIs500 = Mutant{
	Name: "lone-signature-is-500", Breaks: spec.AUT59,
	Does: "a signature without the other headers of one is answered with status 500",
	API: aboutSigned(func(ctx context.Context, s *api.Session, sig signature, next api.Doer) *wire.Response {
		if sig.Headers.URLMethods == nil {
			return failed(sig.Request, statusInternal)
		}
		return next.Do(ctx, s, sig.Request)
	}),
}
