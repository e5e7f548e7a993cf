// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deletedClaimIsStillKnown = Mutant{
	Name: "deleted-claim-is-still-known", Breaks: spec.CLM29,
	Does:  "claim_get and claim_update know a claim that is deleted, without messages",
	Store: func(next store.Data) store.Data { return &nostalgic{Data: next} },
}

type nostalgic struct {
	store.Data

	gone memo[string, store.Claim]
}

func (s *nostalgic) DeleteClaim(ctx context.Context, q store.Queue, id string) error {
	if c, err := s.Data.Claim(ctx, q, id); err == nil {
		c.Messages = nil
		s.gone.put(id, c)
	}
	return s.Data.DeleteClaim(ctx, q, id)
}

func (s *nostalgic) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	if c, is := s.gone.get(id); is {
		return c, nil
	}
	return s.Data.Claim(ctx, q, id)
}

func (s *nostalgic) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	if _, is := s.gone.get(id); is {
		return nil
	}
	return s.Data.RenewClaim(ctx, q, id, l)
}
