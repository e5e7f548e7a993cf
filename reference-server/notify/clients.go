// SPDX-License-Identifier: Apache-2.0

package notify

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// Push sends a client what it did not ask for, in a format. It never waits; false
// means that the connection is being closed.
type Push = func(f wire.Format, n msgp.Marshaler) bool

// client is a connection that may have subscriptions; the zero value is none.
type client struct {
	push Push
	has  map[own]life // what it has, as far as it was told of no end
}

// own names a subscription.
type own struct {
	queue store.Queue
	id    string
}

// life is when a subscription ends, and how its end is told.
type life struct {
	ends   time.Time
	format wire.Format
}

// scheme is what the subscribers that stand for connections begin with.
const scheme = "connection:"

func isConnection(subscriber string) bool { return strings.HasPrefix(subscriber, scheme) }

// Connect makes a connection known, and returns the subscriber that stands for it: a
// word that is no URL, and that nobody can guess.
func (h *Hub) Connect(push Push) (address string) {
	address = scheme + rand.Text()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clients[address] = client{push: push, has: map[own]life{}}
	return address
}

// Disconnect ends the subscriptions of a connection (SUB-52).
func (h *Hub) Disconnect(ctx context.Context, address string) {
	h.mu.Lock()
	c := h.clients[address]
	delete(h.clients, address)
	h.mu.Unlock()
	for o := range c.has { // nobody else has c any more
		held := h.hold(o.queue)
		if err := h.Data.DeleteSubscription(ctx, o.queue, o.id); err != nil {
			h.o.Log.ErrorContext(ctx, "a subscription outlives its connection", "queue", o.queue.Name, "err", err)
		}
		held.Unlock()
	}
}

// client is the connection at an address.
func (h *Hub) client(address string) client {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.clients[address]
}

// closed tells whether a subscriber is a connection that is known no more.
func (h *Hub) closed(subscriber string) bool {
	return isConnection(subscriber) && h.client(subscriber).has == nil
}

// full tells whether a connection has as many subscriptions as it may, none of them to
// the queue: that one would be in the way itself (SUB-9).
func (h *Hub) full(address string, q store.Queue) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	has := h.clients[address].has
	for o := range has {
		if o.queue == q {
			return false
		}
	}
	return int64(len(has)) >= h.o.Limits.MaxSubscriptionsPerConnection
}

// note remembers what a connection has, from now on.
func (h *Hub) note(o own, n store.NewSubscription) {
	ends := h.o.Now().Add(n.TTL)
	h.mu.Lock()
	defer h.mu.Unlock()
	if c := h.clients[n.Subscriber]; c.has != nil {
		c.has[o] = life{ends, wire.Format(n.Format)}
		h.dueBy(ends)
	}
}

// dueBy says that a subscription ends then. The caller has locked mu.
func (h *Hub) dueBy(ends time.Time) {
	if h.due.IsZero() || ends.Before(h.due) {
		h.due = ends
	}
}

// ended tells a connection that a subscription has ended, once; without a reason it
// only forgets it.
func (h *Hub) ended(o own, address, reason string) {
	h.mu.Lock()
	c := h.clients[address]
	l, had := c.has[o]
	delete(c.has, o)
	h.mu.Unlock()
	if had && reason != "" {
		c.push(l.format, &wire.SubscriptionEnded{
			MessageType: "SubscriptionEnded", QueueName: o.queue.Name, SubscriptionID: o.id, Reason: reason,
		})
	}
}

// Sweep tells connections of the subscriptions whose ttl is over. It costs nothing
// while there is none.
func (h *Hub) Sweep(ctx context.Context) {
	now := h.o.Now()
	over := map[own]string{}
	h.mu.Lock()
	if !h.due.IsZero() && !now.Before(h.due) {
		h.due = time.Time{}
		for address, c := range h.clients {
			for o, l := range c.has {
				if now.Before(l.ends) {
					h.dueBy(l.ends)
				} else {
					over[o] = address
				}
			}
		}
	}
	h.mu.Unlock()
	for o, address := range over {
		held := h.hold(o.queue)
		if h.gone(ctx, o.queue, o.id) { // else it was given another life
			h.ended(o, address, "expired")
		}
		held.Unlock()
	}
}
