// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/spec"
)

var callersAreAdministrators = Mutant{
	Name: "callers-are-administrators", Breaks: spec.AUT22, Fact: "F074",
	Does: "whoever is let in may do what is for administrators",
	Auth: tokens(func(ctx context.Context, next api.Authenticator, token string) (api.Identity, error) {
		id, err := next.Authenticate(ctx, token)
		id.Admin = true
		return id, err
	}),
}
