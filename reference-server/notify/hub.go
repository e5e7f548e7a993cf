// SPDX-License-Identifier: Apache-2.0

// Package notify tells subscribers of what is posted. It stands between the API and
// a store, and knows which connection a subscription is for.
package notify

import (
	"cmp"
	"context"
	"errors"
	"hash/maphash"
	"log/slog"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// Deliverer takes notifications for subscribers elsewhere.
type Deliverer interface {
	// Deliver takes over what the subscriber of a subscription to the queue is told.
	// It never waits.
	Deliver(ctx context.Context, q store.Queue, s store.Subscription, n msgp.Marshaler)
}

// Options tune a Hub. Store, its clock and Deliver must be given; the rest has a useful
// zero.
type Options struct {
	Store store.Data
	Now   func() time.Time
	// Deliver serves the subscribers that are no connection.
	Deliver Deliverer
	// Limits bound how many subscriptions a queue and a connection may have. A zero
	// limit is the schema's.
	Limits wire.Limits
	// Log hears of notifications that are lost by a fault of the store. Default:
	// nobody does.
	Log *slog.Logger
}

// Hub is a store.Data that tells connections of what is posted through it, and of
// the ends of their subscriptions. It is safe for concurrent use.
type Hub struct {
	store.Data

	o    Options
	seed maphash.Seed
	// queues are held over what is done to a queue and over telling of it, so that
	// all are told in the order of the queue, and of nothing after an end.
	queues [256]sync.Mutex

	mu      sync.Mutex
	clients map[string]client // by address
	due     time.Time         // no subscription of a connection ends before
}

// New returns a hub over o.Store.
func New(o Options) *Hub {
	o.Limits, o.Log = o.Limits.WithDefaults(), cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	return &Hub{Data: o.Store, o: o, seed: maphash.MakeSeed(), clients: map[string]client{}}
}

// all is a page that holds every subscription of a queue.
var all = store.Page{Batch: store.Batch{Limit: math.MaxInt}}

// hold locks a queue; the caller unlocks what it returns.
func (h *Hub) hold(q store.Queue) *sync.Mutex {
	mu := &h.queues[maphash.Comparable(h.seed, q)%uint64(len(h.queues))]
	mu.Lock()
	return mu
}

// PostMessages implements store.Messages, and tells the queue's subscribers.
func (h *Hub) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	defer h.hold(q).Unlock()
	posted, err := h.Data.PostMessages(ctx, q, p)
	if err != nil {
		return nil, err
	}
	subs, err := h.ListSubscriptions(ctx, q, all)
	if err != nil {
		h.o.Log.ErrorContext(ctx, "notifications are lost", "queue", q.Name, "err", err)
	}
	if len(subs) == 0 {
		return posted, nil
	}
	bodies := make([]wire.Raw, len(posted))
	for i := range bodies {
		bodies[i] = slices.Clone(p.Messages[i].Body) // what waits must not hold the whole frame
	}
	for i := range subs {
		h.tell(ctx, q, &subs[i], bodies, posted)
	}
	return posted, nil
}

// tell tells one subscriber of messages just posted.
func (h *Hub) tell(ctx context.Context, q store.Queue, s *store.Subscription, bodies []wire.Raw, posted []store.Posted) {
	c, id := h.client(s.Subscriber), s.ID // alone: what waits must not hold the whole listing
	for i := range posted {
		n := &wire.Notification{
			MessageType: "Notification", QueueName: q.Name, TTL: int64(posted[i].TTL / time.Second), Body: bodies[i],
			MessageID: new(posted[i].ID), SubscriptionID: &id, // SUB-46
		}
		switch {
		case c.push != nil:
			if !c.push(wire.Format(s.Format), n) {
				return // its connection is closing
			}
		case s.Confirmed && !isConnection(s.Subscriber):
			h.o.Deliver.Deliver(ctx, q, *s, n)
		}
	}
}

// CreateSubscription implements store.Subscriptions. Full when the connection has
// as many as it may, Closing when it is known no more.
func (h *Hub) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	n.Most = cmp.Or(n.Most, int(h.o.Limits.MaxSubscriptionsPerQueue))
	if h.full(n.Subscriber, q) {
		h.Sweep(ctx) // one may have ended
		if h.full(n.Subscriber, q) {
			return "", &store.Error{Kind: store.Full, What: "connection", ID: n.Subscriber}
		}
	}
	defer h.hold(q).Unlock()
	closing := &store.Error{Kind: store.Closing, What: "connection", ID: n.Subscriber}
	if h.closed(n.Subscriber) {
		return "", closing
	}
	id, err := h.Data.CreateSubscription(ctx, q, n)
	if err != nil {
		return "", err
	}
	h.note(own{q, id}, n)
	if h.closed(n.Subscriber) { // meanwhile, so that Disconnect may not have seen it
		return "", errors.Join(closing, h.Data.DeleteSubscription(ctx, q, id))
	}
	return id, nil
}

// UpdateSubscription implements store.Subscriptions.
func (h *Hub) UpdateSubscription(ctx context.Context, q store.Queue, id string, ttl time.Duration, options []byte) error {
	defer h.hold(q).Unlock()
	if err := h.Data.UpdateSubscription(ctx, q, id, ttl, options); err != nil {
		return err
	}
	if s, err := h.Subscription(ctx, q, id); err == nil {
		h.note(own{q, id}, s.NewSubscription)
	}
	return nil
}

// DeleteSubscription implements store.Subscriptions.
func (h *Hub) DeleteSubscription(ctx context.Context, q store.Queue, id string) error {
	return h.ending(ctx, q, "deleted", func() error { return h.Data.DeleteSubscription(ctx, q, id) })
}

// PurgeSubscriptions implements store.Subscriptions.
func (h *Hub) PurgeSubscriptions(ctx context.Context, q store.Queue) error {
	return h.ending(ctx, q, "purged", func() error { return h.Data.PurgeSubscriptions(ctx, q) })
}

// DeleteQueue implements store.Queues.
func (h *Hub) DeleteQueue(ctx context.Context, q store.Queue) error {
	return h.ending(ctx, q, "queue_deleted", func() error { return h.Data.DeleteQueue(ctx, q) })
}

// ending does what ends subscriptions of a queue, and tells the connections that had
// them (SUB-57).
func (h *Hub) ending(ctx context.Context, q store.Queue, reason string, do func() error) error {
	defer h.hold(q).Unlock()
	had, err := h.ListSubscriptions(ctx, q, all)
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	for i := range had {
		if !h.gone(ctx, q, had[i].ID) {
			continue
		}
		why := reason
		if ctx.Value(asker{}) == any(had[i].Subscriber) {
			why = "" // SUB-58
		}
		h.ended(own{q, had[i].ID}, had[i].Subscriber, why)
	}
	return nil
}

// asker is the key under which a context holds the connection that asks.
type asker struct{}

// By returns a context for what a connection asks for.
func (h *Hub) By(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, asker{}, address)
}

// gone tells whether a subscription has ended.
func (h *Hub) gone(ctx context.Context, q store.Queue, id string) bool {
	_, err := h.Subscription(ctx, q, id)
	return store.Missing(err)
}
