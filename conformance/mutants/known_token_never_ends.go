// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/spec"
)

var knownTokenNeverEnds = Mutant{
	Name: "known-token-never-ends", Breaks: spec.AUT14,
	Does: "a token that was good once is good for ever",
	Auth: func(next api.Authenticator) api.Authenticator {
		known := &memo[string, bool]{}
		return authenticator(func(ctx context.Context, token string) (api.Identity, error) {
			id, err := next.Authenticate(ctx, token)
			if _, was := known.get(token); was {
				id.Expires = time.Time{}
			}
			known.put(token, true)
			return id, err
		})
	},
}
