// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/spec"
)

var tokensEndEarly = Mutant{
	Name: "tokens-end-early", Breaks: spec.AUT19,
	Does: "tokens end twenty seconds before their time",
	Auth: tokens(func(ctx context.Context, next api.Authenticator, token string) (api.Identity, error) {
		id, err := next.Authenticate(ctx, token)
		if !id.Expires.IsZero() {
			id.Expires = id.Expires.Add(-20 * time.Second)
		}
		return id, err
	}),
}
