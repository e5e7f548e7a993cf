// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimUpdateKeepsTheAge = Mutant{
	Name: "claim-update-keeps-the-age", Breaks: spec.CLM22,
	Does:  "claim_update with the ttl that the claim has does not begin its life anew",
	Store: func(next store.Data) store.Data { return ageing{next} },
}

type ageing struct{ store.Data }

func (s ageing) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	if c, err := s.Claim(ctx, q, id); err == nil && c.TTL == l.TTL {
		return nil
	}
	return s.Data.RenewClaim(ctx, q, id, l)
}
