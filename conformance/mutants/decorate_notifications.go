// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// push is how a client is sent what it did not ask for.
type push = func(f wire.Format, n msgp.Marshaler) bool

// pushing hands all that a client is sent unasked to tell, which may send it.
func pushing(tell func(s *api.Session, send push, f wire.Format, n msgp.Marshaler) bool) func(api.Doer) api.Doer {
	return func(next api.Doer) api.Doer {
		var known memo[*api.Session, bool]
		return doer{next, func(ctx context.Context, s *api.Session, req *wire.Request) *wire.Response {
			if _, is := known.get(s); !is {
				known.put(s, true)
				send := s.Push
				s.Push = func(f wire.Format, n msgp.Marshaler) bool { return tell(s, send, f, n) }
			}
			return next.Do(ctx, s, req)
		}}
	}
}

// telling is pushing for notifications of messages; the others go their way.
func telling(tell func(s *api.Session, send push, f wire.Format, n *wire.Notification) bool) func(api.Doer) api.Doer {
	return pushing(func(s *api.Session, send push, f wire.Format, n msgp.Marshaler) bool {
		if of, is := n.(*wire.Notification); is {
			return tell(s, send, f, of)
		}
		return send(f, n)
	})
}

// renotifying edits each notification of a message.
func renotifying(edit func(n object)) func(api.Doer) api.Doer {
	return telling(func(_ *api.Session, send push, f wire.Format, n *wire.Notification) bool {
		edited, _ := valueOf(n).(object)
		edit(edited)
		return send(f, rawOf(edited))
	})
}

// lasting lets subscriptions really live longer than they say by some time, shorter
// if it is negative.
func lasting(by time.Duration) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return lasted{next, by} }
}

type lasted struct {
	store.Data

	by time.Duration
}

func (s lasted) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	n.TTL += s.by
	return s.Data.CreateSubscription(ctx, q, n)
}

func (s lasted) Subscription(ctx context.Context, q store.Queue, id string) (store.Subscription, error) {
	one, err := s.Data.Subscription(ctx, q, id)
	one.TTL -= s.by
	return one, err
}

func (s lasted) ListSubscriptions(ctx context.Context, q store.Queue, p store.Page) ([]store.Subscription, error) {
	all, err := s.Data.ListSubscriptions(ctx, q, p)
	for i := range all {
		all[i].TTL -= s.by
	}
	return all, err
}

func (s lasted) UpdateSubscription(ctx context.Context, q store.Queue, id string, ttl time.Duration, options []byte) error {
	if ttl > 0 {
		ttl += s.by
	}
	return s.Data.UpdateSubscription(ctx, q, id, ttl, options)
}
