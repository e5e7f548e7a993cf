// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersAreYoungAgain = Mutant{
	Name: "dead-letters-are-young-again", Breaks: spec.MSG20,
	Does: "the age of a message that is moved begins anew",
	Store: func(next store.Data) store.Data {
		s := new(rejuvenating)
		s.Data = viewing(func(_ view, m *store.Message) bool {
			before, _ := s.before.get(m.ID)
			m.Age, m.TTL = m.Age-before, m.TTL-before
			return true
		})(next)
		return s
	},
}

type rejuvenating struct {
	burying

	before memo[string, time.Duration] // the age that a message had when it was moved
}

func (s *rejuvenating) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	if to, there := s.morgue(ctx, q); there {
		all, _ := s.ListMessages(ctx, to, store.Filter{Claimed: true}, plenty)
		for _, m := range all {
			if _, known := s.before.get(m.ID); !known {
				s.before.put(m.ID, m.Age)
			}
		}
	}
	return c, err
}
