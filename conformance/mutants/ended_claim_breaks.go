// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"errors"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var endedClaimBreaks = Mutant{
	Name: "ended-claim-breaks", Breaks: spec.CLM19, Fact: "F303",
	Does:  "claim_get and claim_update answer with status 500 after the claim has ended by its ttl",
	Store: func(next store.Data) store.Data { return &dangling{Data: next} },
}

type dangling struct {
	store.Data

	made memo[string, store.Queue] // claims that nobody deleted
}

func (s *dangling) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	if c.ID != "" {
		s.made.put(c.ID, q)
	}
	return c, err
}

func (s *dangling) DeleteClaim(ctx context.Context, q store.Queue, id string) error {
	if home, is := s.made.get(id); is && home == q {
		s.made.drop(id)
	}
	return s.Data.DeleteClaim(ctx, q, id)
}

func (s *dangling) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	c, err := s.Data.Claim(ctx, q, id)
	return c, s.ended(q, id, err)
}

func (s *dangling) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	return s.ended(q, id, s.Data.RenewClaim(ctx, q, id, l))
}

// ended is err, or the server's own failure if the claim is gone and nobody ended it.
func (s *dangling) ended(q store.Queue, id string, err error) error {
	if home, is := s.made.get(id); err != nil && is && home == q {
		return errors.New("the claim has no age")
	}
	return err
}
