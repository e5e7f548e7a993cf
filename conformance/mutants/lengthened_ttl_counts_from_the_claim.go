// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var lengthenedTTLCountsFromTheClaim = Mutant{
	Name: "lengthened-ttl-counts-from-the-claim", Breaks: spec.CLM15, Fact: "F167",
	Does:  "the ttl of a message whose life a claim made longer counts from the claim, its age from the posting",
	Store: func(next store.Data) store.Data { return &mixedUp{Data: next} },
}

type mixedUp struct {
	store.Data

	age memo[string, time.Duration] // of a message when its life was made longer
}

func (s *mixedUp) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	free, _ := s.ListMessages(ctx, q, store.Filter{}, store.Page{Batch: b})
	for _, m := range free {
		if m.TTL-m.Age < l.TTL {
			s.age.put(m.ID, m.Age.Truncate(time.Second))
		}
	}
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	for i := range c.Messages {
		age, _ := s.age.get(c.Messages[i].ID)
		c.Messages[i].TTL -= age
	}
	return c, err
}
