// SPDX-License-Identifier: Apache-2.0

package memory

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

type subscription struct {
	store.NewSubscription

	id    string
	since time.Time
	end   *deadline
}

// CreateSubscription implements store.Subscriptions.
func (s *Store) CreateSubscription(_ context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	if !in.kept && n.Existing {
		return "", noQueue(q)
	}
	if !in.kept {
		in = s.create(q, store.Settings{})
	}
	if other := in.subscribers[n.Subscriber]; other != nil {
		return "", &store.Error{Kind: store.Exists, What: "subscription", ID: other.id}
	}
	if n.Most > 0 && len(in.subscriptions) >= n.Most {
		return "", &store.Error{Kind: store.Full, What: "queue", ID: q.Name}
	}
	n.Options = slices.Clone(n.Options)
	sub := &subscription{NewSubscription: n, since: now}
	sub.id, _ = s.ids.next(now)
	sub.end = &deadline{at: now.Add(n.TTL), subscription: sub}
	heap.Push(&in.agenda, sub.end)
	in.subscriptions = append(in.subscriptions, sub)
	in.subscribers[n.Subscriber] = sub
	return sub.id, nil
}

// Subscription implements store.Subscriptions.
func (s *Store) Subscription(_ context.Context, q store.Queue, id string) (store.Subscription, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	sub, err := in.subscription(id)
	if err != nil {
		return store.Subscription{}, err
	}
	return sub.view(now), nil
}

// ListSubscriptions implements store.Subscriptions.
func (s *Store) ListSubscriptions(_ context.Context, q store.Queue, p store.Page) ([]store.Subscription, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	at, found := in.place(p.Marker)
	if found {
		at++
	}
	page := make([]store.Subscription, 0, min(p.Limit, len(in.subscriptions)-at))
	room := store.Room{Batch: p.Batch}
	for _, sub := range in.subscriptions[at:] {
		if !room.Take(len(sub.Subscriber) + len(sub.Options)) {
			break
		}
		page = append(page, sub.view(now))
	}
	return page, nil
}

// UpdateSubscription implements store.Subscriptions.
func (s *Store) UpdateSubscription(_ context.Context, q store.Queue, id string, ttl time.Duration, options []byte) error {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	sub, err := in.subscription(id)
	if err != nil {
		return err
	}
	sub.TTL, sub.since = cmp.Or(ttl, sub.TTL), now
	if options != nil {
		sub.Options = slices.Clone(options)
	}
	in.agenda.move(sub.end, now.Add(sub.TTL))
	return nil
}

// ConfirmSubscription implements store.Subscriptions.
func (s *Store) ConfirmSubscription(_ context.Context, q store.Queue, id string, confirmed bool) error {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	sub, err := in.subscription(id)
	if err == nil {
		sub.Confirmed = confirmed
	}
	return err
}

// DeleteSubscription implements store.Subscriptions.
func (s *Store) DeleteSubscription(_ context.Context, q store.Queue, id string) error {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	if sub, err := in.subscription(id); err == nil {
		in.unsubscribe(sub)
	}
	return nil
}

// PurgeSubscriptions implements store.Subscriptions.
func (s *Store) PurgeSubscriptions(_ context.Context, q store.Queue) error {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	for len(in.subscriptions) > 0 {
		in.unsubscribe(in.subscriptions[len(in.subscriptions)-1])
	}
	return nil
}

// subscription finds a live subscription.
func (q *queue) subscription(id string) (*subscription, error) {
	at, found := q.place(id)
	if !found {
		return nil, &store.Error{Kind: store.NotFound, What: "subscription", ID: id}
	}
	return q.subscriptions[at], nil
}

// place is that of an id in the order of a queue's subscriptions, and whether it is there.
func (q *queue) place(id string) (at int, found bool) {
	return slices.BinarySearchFunc(q.subscriptions, id, func(s *subscription, id string) int {
		return strings.Compare(s.id, id)
	})
}

func (q *queue) unsubscribe(s *subscription) {
	at, _ := q.place(s.id)
	q.subscriptions = slices.Delete(q.subscriptions, at, at+1)
	delete(q.subscribers, s.Subscriber)
	heap.Remove(&q.agenda, s.end.place)
}

// view is the subscription as the caller sees it.
func (s *subscription) view(now time.Time) store.Subscription {
	v := store.Subscription{NewSubscription: s.NewSubscription, ID: s.id, Age: now.Sub(s.since)}
	v.Options = slices.Clone(s.Options)
	return v
}
