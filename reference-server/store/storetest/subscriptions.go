// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"strconv"
	"sync"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// subscribe makes a subscription of ttl.
func (f *fixture) subscribe(q store.Queue, subscriber string, ttl time.Duration) string {
	f.Helper()
	id, err := f.s.CreateSubscription(f.Context(), q, store.NewSubscription{Subscriber: subscriber, TTL: ttl})
	f.ok(err)
	return id
}

func (f *fixture) subscribers(q store.Queue, marker string, n int) (subscribers, ids []string) {
	f.Helper()
	list, err := f.s.ListSubscriptions(f.Context(), q, store.Page{Marker: marker, Batch: store.Batch{Limit: n}})
	f.ok(err)
	for _, s := range list {
		subscribers, ids = append(subscribers, s.Subscriber), append(ids, s.ID)
	}
	return subscribers, ids
}

// has wants the queue to have the subscribers, in any order.
func (f *fixture) has(q store.Queue, want ...string) {
	f.Helper()
	got, _ := f.subscribers(q, "", 1000)
	equal(f, "subscribers", sorted(got), sorted(want))
}

func subscriptions() []promise {
	other := store.Queue{Project: "p2", Name: queue.Name}
	return []promise{
		{"a subscription is kept as it was made, and makes its queue", func(f *fixture) {
			n := store.NewSubscription{Subscriber: "a", TTL: minute, Options: []byte("\x80"), Format: 1, Confirmed: true, Most: 9}
			id, err := f.s.CreateSubscription(f.Context(), queue, n)
			f.ok(err)
			f.wait(7 * second)

			got, err := f.s.Subscription(f.Context(), queue, id)
			f.ok(err)
			equal(f, "subscription", got, store.Subscription{NewSubscription: n, ID: id, Age: 7 * second})
			equal(f, "queues", f.names("p1", "", 9), []string{queue.Name})
		}},
		{"a subscription to a queue that exists makes none", func(f *fixture) {
			n := store.NewSubscription{Subscriber: "a", TTL: minute, Existing: true}
			_, err := f.s.CreateSubscription(f.Context(), queue, n)
			f.fails(err, store.NotFound)
			_, err = f.s.QueueStats(f.Context(), queue)
			f.fails(err, store.NotFound)
			f.create(queue, store.Settings{})
			_, err = f.s.CreateSubscription(f.Context(), queue, n)
			f.ok(err)
			f.has(queue, "a")
		}},
		{"a subscriber has one subscription to a queue, until that ends", func(f *fixture) {
			first := f.subscribe(queue, "a", minute)
			_, err := f.s.CreateSubscription(f.Context(), queue, store.NewSubscription{Subscriber: "a", TTL: hour})
			f.fails(err, store.Exists)
			equal(f, "id", err.(*store.Error).ID, first) //nolint:errorlint,forcetypeassert // as fails has seen
			f.subscribe(other, "a", minute)
			f.wait(minute)
			f.subscribe(queue, "a", minute)
		}},
		{"a queue has as many as it may", func(f *fixture) {
			f.subscribe(queue, "a", minute)
			_, err := f.s.CreateSubscription(f.Context(), queue, store.NewSubscription{Subscriber: "b", TTL: hour, Most: 1})
			f.fails(err, store.Full)
			f.has(queue, "a")
		}},
		{"a subscription ends when its age reaches its ttl", func(f *fixture) {
			f.subscribe(queue, "long", hour)
			id := f.subscribe(queue, "short", minute)
			f.wait(minute - 1)
			f.has(queue, "long", "short")
			f.wait(1)
			f.has(queue, "long")
			_, err := f.s.Subscription(f.Context(), queue, id)
			f.fails(err, store.NotFound)
			f.fails(f.s.UpdateSubscription(f.Context(), queue, id, hour, nil), store.NotFound)
		}},
	}
}

func subscriptionChanges() []promise {
	other := store.Queue{Project: "p2", Name: queue.Name}
	return []promise{
		{"an update starts a life anew and keeps what it does not name", func(f *fixture) {
			n := store.NewSubscription{Subscriber: "a", TTL: minute, Options: []byte("old")}
			id, err := f.s.CreateSubscription(f.Context(), queue, n)
			f.ok(err)
			f.wait(minute - second)
			f.ok(f.s.UpdateSubscription(f.Context(), queue, id, 0, []byte("new")))
			f.wait(minute - second)
			f.ok(f.s.UpdateSubscription(f.Context(), queue, id, hour, nil))
			f.wait(hour - second)
			got, err := f.s.Subscription(f.Context(), queue, id)
			f.ok(err)
			equal(f, "options, ttl, age", []any{string(got.Options), got.TTL, got.Age}, []any{"new", hour, hour - second})
			f.wait(second)
			f.has(queue)
		}},
		{"a subscription is confirmed, or not, and is as old as it was", func(f *fixture) {
			id := f.subscribe(queue, "a", hour)
			f.wait(minute)
			for _, confirmed := range []bool{true, false} {
				f.ok(f.s.ConfirmSubscription(f.Context(), queue, id, confirmed))
				got, err := f.s.Subscription(f.Context(), queue, id)
				f.ok(err)
				equal(f, "confirmed, age", []any{got.Confirmed, got.Age}, []any{confirmed, minute})
			}
			f.fails(f.s.ConfirmSubscription(f.Context(), other, id, true), store.NotFound)
			f.wait(hour)
			f.fails(f.s.ConfirmSubscription(f.Context(), queue, id, true), store.NotFound)
		}},
	}
}

func subscriptionPages() []promise {
	return []promise{
		{"pages follow the ids", func(f *fixture) {
			for i := range 7 {
				f.subscribe(queue, strconv.Itoa(i), hour)
				f.wait(second)
			}
			_, all := f.subscribers(queue, "", 1000)
			equal(f, "order", all, sorted(all))
			var paged []string
			for marker := ""; ; marker = paged[len(paged)-1] {
				_, page := f.subscribers(queue, marker, 3)
				if len(page) == 0 {
					break
				}
				paged = append(paged, page...)
			}
			equal(f, "pages", paged, all)
			f.ok(f.s.DeleteSubscription(f.Context(), queue, all[2]))
			_, rest := f.subscribers(queue, all[2], 1000)
			equal(f, "behind one that is gone", rest, all[3:])
		}},
		{"a listing carries subscribers and options within its bytes, but always one", func(f *fixture) {
			for _, subscriber := range []string{"abc", "def", "ghi"} {
				_, err := f.s.CreateSubscription(f.Context(), queue, store.NewSubscription{
					Subscriber: subscriber, TTL: minute, Options: []byte("12"),
				})
				f.ok(err)
			}
			for bytes, want := range map[int]int{0: 3, 1: 1, 9: 1, 10: 2, 14: 2, 15: 3} {
				list, err := f.s.ListSubscriptions(f.Context(), queue, store.Page{Batch: store.Batch{Limit: 9, Bytes: bytes}})
				f.ok(err)
				equal(f, "subscriptions", len(list), want)
			}
		}},
	}
}

func subscriptionEnds() []promise {
	other := store.Queue{Project: "p2", Name: queue.Name}
	return []promise{
		{"a subscription is ended by its id, in its queue", func(f *fixture) {
			id := f.subscribe(queue, "a", hour)
			f.subscribe(queue, "b", hour)
			f.ok(f.s.DeleteSubscription(f.Context(), other, id))
			f.ok(f.s.DeleteSubscription(f.Context(), queue, "no such"))
			f.has(queue, "a", "b")
			_, err := f.s.Subscription(f.Context(), other, id)
			f.fails(err, store.NotFound)
			f.ok(f.s.DeleteSubscription(f.Context(), queue, id))
			f.has(queue, "b")
		}},
		{"purging and deleting end all of the queue", func(f *fixture) {
			f.ok(f.s.PurgeSubscriptions(f.Context(), queue))
			for i := range 30 {
				f.subscribe(queue, strconv.Itoa(i), hour)
			}
			f.subscribe(other, "a", hour)
			f.ok(f.s.PurgeSubscriptions(f.Context(), queue))
			f.has(queue)
			f.subscribe(queue, "b", hour)
			f.ok(f.s.DeleteQueue(f.Context(), queue))
			f.create(queue, store.Settings{})
			f.has(queue)
			f.has(other, "a")
		}},
		{"of many at once one makes it", func(f *fixture) {
			var all sync.WaitGroup
			var mu sync.Mutex
			made := 0
			for range 16 {
				all.Go(func() {
					_, err := f.s.CreateSubscription(f.Context(), queue, store.NewSubscription{Subscriber: "a", TTL: hour})
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						made++
					}
				})
			}
			all.Wait()
			equal(f, "made", made, 1)
			f.has(queue, "a")
		}},
	}
}
