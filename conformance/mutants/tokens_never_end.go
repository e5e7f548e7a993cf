// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/spec"
)

var tokensNeverEnd = Mutant{
	Name: "tokens-never-end", Breaks: spec.AUT19,
	Does: "a connection stays let in when its token has ended",
	Auth: tokens(func(ctx context.Context, next api.Authenticator, token string) (api.Identity, error) {
		id, err := next.Authenticate(ctx, token)
		id.Expires = time.Time{}
		return id, err
	}),
}
