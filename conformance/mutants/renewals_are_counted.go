// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var renewalsAreCounted = Mutant{
	Name: "renewals-are-counted", Breaks: spec.CLM32,
	Does:  "claim_update counts as a claim of its messages",
	Store: func(next store.Data) store.Data { return &counting{burying{Data: next}} },
}

type counting struct{ burying }

func (s *counting) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	if set, ok := s.made.get(q); ok && set.MaxClaims > 1 {
		set.MaxClaims--
		s.made.put(q, set)
		_ = s.UpdateQueue(ctx, q, func([]byte) (store.Settings, error) { return set, nil })
	}
	return s.Data.RenewClaim(ctx, q, id, l)
}
