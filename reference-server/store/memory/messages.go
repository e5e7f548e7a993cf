// SPDX-License-Identifier: Apache-2.0

package memory

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// PostMessages implements store.Messages.
func (s *Store) PostMessages(_ context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	if !in.kept && p.Existing {
		return nil, noQueue(q)
	}
	if !in.kept {
		in = s.create(q, store.Settings{})
	}
	if in.settings.MaxPost > 0 && p.Size > in.settings.MaxPost {
		what := fmt.Sprintf("with at most %d bytes (its _max_messages_post_size) for a post, queue", in.settings.MaxPost)
		return nil, &store.Error{Kind: store.TooLarge, What: what, ID: q.Name}
	}
	posted := make([]store.Posted, 0, len(p.Messages))
	for _, given := range p.Messages {
		ttl := cmp.Or(given.TTL, in.settings.MessageTTL, p.TTL)
		m := &message{client: p.Client, body: slices.Clone(given.Body), posted: now, expires: now.Add(ttl)}
		m.id, m.seq = s.ids.next(now)
		in.add(m, *cmp.Or(given.Delay, &in.settings.Delay))
		posted = append(posted, store.Posted{ID: m.id, TTL: ttl})
	}
	return posted, nil
}

// MessagesByID implements store.Messages.
func (s *Store) MessagesByID(_ context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	return views(in.named(ids), now), nil
}

// ListMessages implements store.Messages.
func (s *Store) ListMessages(_ context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	if !in.kept {
		return nil, noQueue(q)
	}
	from := 0
	if p.Marker != "" {
		seq, ok := place(p.Marker)
		if !ok {
			return nil, &store.Error{Kind: store.Malformed, What: "marker", ID: p.Marker}
		}
		from = in.after(seq)
	}
	if !f.Claimed && !f.Delayed {
		from = max(from, in.taken)
	}
	return views(pick(in.order[from:], p.Batch, func(m *message) bool {
		return (f.Claimed || m.claim == nil) && (f.Delayed || !m.delayed) && (f.NotFrom == "" || f.NotFrom != m.client)
	}), now), nil
}

// DeleteMessage implements store.Messages.
func (s *Store) DeleteMessage(_ context.Context, q store.Queue, id string, given *string) error {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	m := in.byID[id]
	if m == nil {
		return nil
	}
	var by *claim
	if given != nil {
		by = in.claims[*given]
		if by == nil || m.claim == nil {
			return &store.Error{Kind: store.Mismatch, What: "claim", ID: *given}
		}
	}
	if m.claim != by {
		return &store.Error{Kind: store.Forbidden, What: "message", ID: id}
	}
	in.remove(m)
	return nil
}

// DeleteMessages implements store.Messages.
func (s *Store) DeleteMessages(_ context.Context, q store.Queue, ids, claims []string) error {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	named := in.named(ids)
	for _, m := range named {
		if m.claim != nil && !slices.Contains(claims, m.claim.id) {
			return &store.Error{Kind: store.Forbidden, What: "message", ID: m.id}
		}
	}
	for _, m := range named {
		if !m.removed { // it may be named twice
			in.remove(m)
		}
	}
	return nil
}

// PopMessages implements store.Messages.
func (s *Store) PopMessages(_ context.Context, q store.Queue, b store.Batch) ([]store.Message, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	ms := in.free(b, (*message).free)
	popped := views(ms, now)
	for _, m := range ms {
		in.remove(m)
	}
	return popped, nil
}

// named returns the messages of these ids that there are, in their order.
func (q *queue) named(ids []string) []*message {
	ms := make([]*message, 0, len(ids))
	for _, id := range ids {
		if m := q.byID[id]; m != nil {
			ms = append(ms, m)
		}
	}
	return ms
}
