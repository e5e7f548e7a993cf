// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/spec"
)

var beginOfATokenWillDo = Mutant{
	Name: "begin-of-a-token-will-do", Breaks: spec.AUT14,
	Does: "of a token the first 26 characters are looked at",
	Auth: tokens(func(ctx context.Context, next api.Authenticator, token string) (api.Identity, error) {
		return next.Authenticate(ctx, token[:min(len(token), 26)])
	}),
}
