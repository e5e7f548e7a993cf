// SPDX-License-Identifier: Apache-2.0

package notify_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/notify"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/reference-server/store/storetest"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func TestAHubIsAStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(_ *testing.T, now func() time.Time) store.Data {
		return notify.New(notify.Options{Store: memory.New(now), Now: now})
	})
}

// stage is a hub on a clock that is moved by hand.
type stage struct {
	*testing.T
	*notify.Hub

	now time.Time
}

func newStage(t *testing.T, o notify.Options) *stage {
	t.Helper()
	s := &stage{T: t, now: time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)}
	o.Now = func() time.Time { return s.now }
	o.Store = memory.New(o.Now)
	s.Hub = notify.New(o)
	return s
}

// ear is a connection that keeps what it is told.
type ear struct {
	mu      sync.Mutex
	bodies  []string
	reasons []string
	formats []wire.Format
	deaf    bool
}

func (e *ear) push(f wire.Format, n msgp.Marshaler) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.formats = append(e.formats, f)
	switch n := n.(type) {
	case *wire.Notification:
		e.bodies = append(e.bodies, string(n.Body))
	case *wire.SubscriptionEnded:
		e.reasons = append(e.reasons, n.Reason)
	}
	return !e.deaf
}

var queue = store.Queue{Project: "p", Name: "q"}

// subscribe subscribes a new connection for a minute.
func (s *stage) subscribe(e *ear, q store.Queue) (address, id string) {
	s.Helper()
	address = s.Connect(e.push)
	id, err := s.CreateSubscription(s.Context(), q, store.NewSubscription{Subscriber: address, TTL: time.Minute, Format: 1})
	if err != nil {
		s.Fatal(err)
	}
	return address, id
}

func (s *stage) post(q store.Queue, bodies ...string) {
	s.Helper()
	p := store.Post{TTL: time.Hour}
	for _, b := range bodies {
		p.Messages = append(p.Messages, store.NewMessage{Body: []byte(b)})
	}
	if _, err := s.PostMessages(s.Context(), q, p); err != nil {
		s.Fatal(err)
	}
}

func (s *stage) want(what string, got []string, want ...string) {
	s.Helper()
	if !slices.Equal(got, want) {
		s.Errorf("%s = %q, want %q", what, got, want)
	}
}

func TestEachConnectionIsToldOfItsQueuesInItsFormat(t *testing.T) {
	t.Parallel()
	s := newStage(t, notify.Options{})
	var a, b, c ear
	s.post(queue, "before")
	s.subscribe(&a, queue)
	s.subscribe(&b, queue)
	s.subscribe(&c, store.Queue{Project: "other", Name: "q"})
	s.post(queue, "1", "2")
	s.want("a", a.bodies, "1", "2")
	s.want("b", b.bodies, "1", "2")
	s.want("c", c.bodies)
	if a.formats[0] != wire.MsgPack {
		t.Errorf("told in %v, want MessagePack", a.formats[0])
	}
}

func TestAllAreToldInTheOrderOfTheQueue(t *testing.T) {
	t.Parallel()
	s := newStage(t, notify.Options{})
	ears := make([]ear, 5)
	for i := range ears {
		s.subscribe(&ears[i], queue)
	}
	var posting sync.WaitGroup
	for i := range 8 {
		posting.Go(func() {
			for n := range 50 {
				s.post(queue, strconv.Itoa(100*i+n), "-")
			}
		})
	}
	posting.Wait()
	list, err := s.ListMessages(t.Context(), queue, store.Filter{}, store.Page{Batch: store.Batch{Limit: 1000}})
	if err != nil || len(list) != 800 {
		t.Fatalf("%d messages, %v", len(list), err)
	}
	order := make([]string, len(list))
	for i := range list {
		order[i] = string(list[i].Body)
	}
	for i := range ears {
		s.want("ear "+strconv.Itoa(i), ears[i].bodies, order...)
	}
}

func TestEachEndIsToldOnce(t *testing.T) {
	t.Parallel()
	for reason, end := range map[string]func(s *stage, id string) error{
		"deleted":       func(s *stage, id string) error { return s.DeleteSubscription(s.Context(), queue, id) },
		"purged":        func(s *stage, _ string) error { return s.PurgeSubscriptions(s.Context(), queue) },
		"queue_deleted": func(s *stage, _ string) error { return s.DeleteQueue(s.Context(), queue) },
		"expired": func(s *stage, _ string) error {
			s.now = s.now.Add(time.Minute - 1)
			s.Sweep(s.Context())
			s.now = s.now.Add(1)
			return nil
		},
	} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, notify.Options{})
			var e ear
			_, id := s.subscribe(&e, queue)
			if err := end(s, id); err != nil {
				t.Fatal(err)
			}
			s.Sweep(t.Context())
			s.Sweep(t.Context())
			s.post(queue, "too late")
			s.want("reasons", e.reasons, reason)
			s.want("bodies", e.bodies)
		})
	}
}

func TestARenewedSubscriptionIsNotToldToHaveEnded(t *testing.T) {
	t.Parallel()
	s := newStage(t, notify.Options{})
	var e ear
	_, id := s.subscribe(&e, queue)
	if err := s.UpdateSubscription(t.Context(), queue, id, time.Hour, nil); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Hour - 1)
	s.Sweep(t.Context())
	s.want("reasons", e.reasons)
	s.now = s.now.Add(1)
	s.Sweep(t.Context())
	s.want("reasons", e.reasons, "expired")
}

func TestAConnectionTakesItsSubscriptionsWithIt(t *testing.T) {
	t.Parallel()
	s := newStage(t, notify.Options{})
	var e ear
	address, _ := s.subscribe(&e, queue)
	s.Disconnect(t.Context(), address)
	s.post(queue, "too late")
	s.want("bodies", e.bodies)
	s.want("reasons", e.reasons)
	if list, err := s.ListSubscriptions(t.Context(), queue, store.Page{Batch: store.Batch{Limit: 9}}); err != nil || len(list) > 0 {
		t.Errorf("%d subscriptions, %v, want none", len(list), err)
	}
}

func TestAConnectionHasAsManySubscriptionsAsItMay(t *testing.T) {
	t.Parallel()
	s := newStage(t, notify.Options{Limits: wire.Limits{MaxSubscriptionsPerConnection: 2}})
	var e ear
	address := s.Connect(e.push)
	subscribe := func(name string) error {
		n := store.NewSubscription{Subscriber: address, TTL: time.Minute}
		_, err := s.CreateSubscription(t.Context(), store.Queue{Project: "p", Name: name}, n)
		return err
	}
	for name, ok := range map[string]bool{"1": true, "2": true} {
		if err := subscribe(name); (err == nil) != ok {
			t.Fatalf("subscribe to %s: %v", name, err)
		}
	}
	if err := subscribe("3"); err == nil {
		t.Error("a third subscription is made, want an error")
	}
	s.now = s.now.Add(time.Minute) // both end, and nobody has swept
	if err := subscribe("3"); err != nil {
		t.Errorf("subscribe after two ended: %v, want nil", err)
	}
}

func TestAFullConnectionIsToldWhatItHasAlready(t *testing.T) {
	t.Parallel()
	s := newStage(t, notify.Options{Limits: wire.Limits{MaxSubscriptionsPerConnection: 1}})
	var e ear
	address, id := s.subscribe(&e, queue)
	subscribe := func() error {
		_, err := s.CreateSubscription(t.Context(), queue, store.NewSubscription{Subscriber: address, TTL: time.Minute})
		return err
	}
	if known, ok := errors.AsType[*store.Error](subscribe()); !ok || known.Kind != store.Exists || known.ID != id {
		t.Errorf("subscribe again: %v, want that %s exists", known, id)
	}
	s.now = s.now.Add(time.Minute) // it ends, and nobody has swept
	if err := subscribe(); err != nil {
		t.Errorf("subscribe after it ended: %v, want nil", err)
	}
	s.Sweep(t.Context())
	s.post(queue, "1")
	s.want("bodies", e.bodies, "1")
	s.want("reasons", e.reasons, "expired")
}

// leaving is a store in which a connection closes while its subscription is made.
type leaving struct {
	store.Data

	leave func()
}

func (l leaving) CreateSubscription(ctx context.Context, q store.Queue, n store.NewSubscription) (string, error) {
	l.leave()
	return l.Data.CreateSubscription(ctx, q, n)
}

func TestAConnectionThatHasClosedHasNoSubscriptions(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]bool{"before": false, "meanwhile": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var c courier
			var e ear
			var h *notify.Hub
			var address string
			leave := func() { h.Disconnect(t.Context(), address) }
			data := memory.New(time.Now)
			h = notify.New(notify.Options{Store: leaving{data, leave}, Now: time.Now, Deliver: &c})
			address = h.Connect(e.push)
			if !late {
				leave()
			}
			n := store.NewSubscription{Subscriber: address, TTL: time.Minute, Confirmed: true}
			_, err := h.CreateSubscription(t.Context(), queue, n)
			if known, ok := errors.AsType[*store.Error](err); !ok || known.Kind != store.Closing {
				t.Errorf("CreateSubscription() = %v, want that the connection is closing", err)
			}
			list, err := h.ListSubscriptions(t.Context(), queue, store.Page{Batch: store.Batch{Limit: 9}})
			if err != nil || len(list) > 0 {
				t.Errorf("%d subscriptions, %v, want none", len(list), err)
			}
			if _, err := data.CreateSubscription(t.Context(), queue, n); err != nil { // were there one, nevertheless
				t.Fatal(err)
			}
			p := store.Post{TTL: time.Hour, Messages: []store.NewMessage{{Body: []byte("1")}}}
			if _, err := h.PostMessages(t.Context(), queue, p); err != nil || len(c.to) > 0 {
				t.Errorf("delivered %q, %v, want nothing", c.to, err)
			}
		})
	}
}

func TestAClosingConnectionIsToldNoMore(t *testing.T) {
	t.Parallel()
	s := newStage(t, notify.Options{})
	e := ear{deaf: true}
	s.subscribe(&e, queue)
	s.post(queue, "1", "2", "3")
	s.want("bodies", e.bodies, "1")
}

// courier is a Deliverer that keeps what it is handed.
type courier struct{ to []string }

func (c *courier) Deliver(_ context.Context, _ store.Queue, s store.Subscription, n msgp.Marshaler) {
	of, _ := n.(*wire.Notification)
	c.to = append(c.to, s.Subscriber+" "+string(of.Body))
}

func TestSubscribersElsewhereAreServedOnceTheyConfirmed(t *testing.T) {
	t.Parallel()
	var c courier
	s := newStage(t, notify.Options{Deliver: &c})
	for subscriber, confirmed := range map[string]bool{"http://a": true, "http://b": false} {
		n := store.NewSubscription{Subscriber: subscriber, TTL: time.Minute, Confirmed: confirmed}
		if _, err := s.CreateSubscription(t.Context(), queue, n); err != nil {
			t.Fatal(err)
		}
	}
	s.post(queue, "1", "2")
	s.want("delivered", c.to, "http://a 1", "http://a 2")
}
