// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var longListsOfASignatureBreak = Mutant{
	Name: "long-lists-of-a-signature-break", Breaks: spec.AUT59,
	Does: "a signature for more than a thousand paths or methods is answered with status 500",
	API: aboutSigned(func(ctx context.Context, s *api.Session, sig signature, next api.Doer) *wire.Response {
		if len(sig.Headers.URLMethods)+len(sig.Headers.URLPaths) > 1000 {
			return failed(sig.Request, statusInternal)
		}
		return next.Do(ctx, s, sig.Request)
	}),
}
