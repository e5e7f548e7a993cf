// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimUpdateShortensLives = Mutant{
	Name: "claim-update-shortens-lives", Breaks: spec.MSG22,
	Does: "messages of an updated claim end with its grace, though they were to live longer",
	Store: func(next store.Data) store.Data {
		s := new(shortening)
		s.Data = viewing(func(_ view, m *store.Message) bool {
			end, short := s.end.get(m.ID)
			return !short || m.Age < end
		})(next)
		return s
	},
}

type shortening struct {
	store.Data

	end memo[string, time.Duration] // the age at which a message ends
}

func (s *shortening) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	if err := s.Data.RenewClaim(ctx, q, id, l); err != nil {
		return err
	}
	c, err := s.Claim(ctx, q, id)
	for _, m := range c.Messages {
		s.end.put(m.ID, m.Age+c.TTL+max(l.Grace, time.Minute))
	}
	return err
}
