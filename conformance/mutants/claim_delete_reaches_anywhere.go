// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimDeleteReachesAnywhere = Mutant{
	Name: "claim-delete-reaches-anywhere", Breaks: spec.CLM39,
	Does:  "claim_delete ends a claim of any queue of any project",
	Store: func(next store.Data) store.Data { return &reaching{housed{Data: next}} },
}

type reaching struct{ housed }

func (s *reaching) DeleteClaim(ctx context.Context, q store.Queue, id string) error {
	if home, is := s.home.get(id); is {
		q = home
	}
	return s.Data.DeleteClaim(ctx, q, id)
}
