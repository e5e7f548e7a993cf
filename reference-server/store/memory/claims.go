// SPDX-License-Identifier: Apache-2.0

package memory

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// CreateClaim implements store.Claims.
func (s *Store) CreateClaim(_ context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	var dead []*message
	ms := in.free(b, func(m *message) bool {
		if m.free() && in.settings.MaxClaims > 0 && in.settings.DeadLetters != "" && m.claims >= in.settings.MaxClaims {
			dead = append(dead, m)
			return false
		}
		return m.free()
	})
	if len(dead) > 0 {
		s.bury(q, in, dead, now)
	}
	if len(ms) == 0 {
		return store.Claim{}, nil
	}
	id, _ := s.ids.next(now)
	return in.lease(id, ms, l, now).view(now), nil
}

// bury moves messages that nothing holds to the queue that in names for them.
func (s *Store) bury(q store.Queue, in *queue, dead []*message, now time.Time) {
	q.Name = in.settings.DeadLetters
	to := s.queues[q]
	if to == nil {
		to = s.create(q, store.Settings{})
	}
	for _, m := range dead {
		moved := *m
		in.remove(m)
		moved.claims = 0
		if ttl := in.settings.DeadTTL; ttl > 0 {
			moved.expires = moved.ending(now.Add(ttl))
		}
		to.add(&moved, 0)
	}
}

// Claim implements store.Claims.
func (s *Store) Claim(_ context.Context, q store.Queue, id string) (store.Claim, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	c, err := in.claim(id)
	if err != nil {
		return store.Claim{}, err
	}
	return c.view(now), nil
}

// RenewClaim implements store.Claims.
func (s *Store) RenewClaim(_ context.Context, q store.Queue, id string, l store.Lease) error {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	c, err := in.claim(id)
	if err != nil {
		return err
	}
	in.renew(c, l, now)
	return nil
}

// DeleteClaim implements store.Claims.
func (s *Store) DeleteClaim(_ context.Context, q store.Queue, id string) error {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	if c, err := in.claim(id); err == nil {
		in.release(c)
	}
	return nil
}

// claim finds a live claim.
func (q *queue) claim(id string) (*claim, error) {
	if q.claims[id] == nil {
		return nil, &store.Error{Kind: store.NotFound, What: "claim", ID: id}
	}
	return q.claims[id], nil
}

func (c *claim) view(now time.Time) store.Claim {
	return store.Claim{ID: c.id, TTL: c.lease.TTL, Age: now.Sub(c.since), Messages: views(c.messages, now)}
}
