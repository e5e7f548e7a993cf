// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimDeleteOfNoClaimFails = Mutant{
	Name: "claim-delete-of-no-claim-fails", Breaks: spec.CLM28,
	Does:  "claim_delete answers with status 404 when there is no such claim",
	Store: func(next store.Data) store.Data { return precise{next} },
}

type precise struct{ store.Data }

func (s precise) DeleteClaim(ctx context.Context, q store.Queue, id string) error {
	if _, err := s.Claim(ctx, q, id); err != nil {
		return err
	}
	return s.Data.DeleteClaim(ctx, q, id)
}
