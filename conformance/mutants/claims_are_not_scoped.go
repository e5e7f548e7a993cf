// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimsAreNotScoped = Mutant{
	Name: "claims-are-not-scoped", Breaks: spec.CLM18,
	Does:  "claim_get shows a claim of any queue of any project",
	Store: func(next store.Data) store.Data { return &global{housed{Data: next}} },
}

type global struct{ housed }

func (s *global) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	if home, is := s.home.get(id); is {
		q = home
	}
	return s.Data.Claim(ctx, q, id)
}
