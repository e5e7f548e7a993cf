// SPDX-License-Identifier: Apache-2.0

// Package storetest is the contract of package store as tests. Every backend
// runs it:
//
//	func TestContract(t *testing.T) {
//		t.Parallel()
//		storetest.Run(t, func(_ *testing.T, now func() time.Time) store.Data { return memory.New(now) })
//	}
package storetest

import (
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// Open returns an empty store that tells the time by now.
type Open func(t *testing.T, now func() time.Time) store.Data

// promise is one promise of the contract: a sentence, and what checks it.
type promise struct {
	sentence string
	check    func(f *fixture)
}

// Run checks that a backend keeps the promises of package store.
func Run(t *testing.T, open Open) {
	t.Helper()
	for chapter, promises := range map[string][]promise{
		"queues":        queues(),
		"scope":         scope(),
		"messages":      messages(),
		"listings":      listings(),
		"deletions":     deletions(),
		"claims":        claims(),
		"subscriptions": slices.Concat(subscriptions(), subscriptionPages(), subscriptionChanges(), subscriptionEnds()),
		"lives":         lives(),
		"delays":        delays(),
		"dead":          deadLetters(),
		"updates":       updates(),
		"concurrency":   concurrency(),
	} {
		t.Run(chapter, func(t *testing.T) {
			t.Parallel()
			for _, p := range promises {
				t.Run(p.sentence, func(t *testing.T) {
					t.Parallel()
					p.check(newFixture(t, open))
				})
			}
		})
	}
}

// clock moves by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the clock's time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// wait moves the clock on.
func (c *clock) wait(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// fixture is an empty store with its clock. Its methods fail the test when the
// store returns an error.
type fixture struct {
	*testing.T
	*clock

	s store.Data
}

// queue is the queue of most tests.
var queue = store.Queue{Project: "p1", Name: "fizbit"}

// Lives and leases of most tests.
const (
	hour   = time.Hour
	minute = time.Minute
	second = time.Second
)

func newFixture(t *testing.T, open Open) *fixture {
	t.Helper()
	c := &clock{now: time.Date(2024, 2, 29, 23, 59, 59, 123456789, time.UTC)}
	s := open(t, c.Now)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return &fixture{T: t, clock: c, s: s}
}

func (f *fixture) ok(err error) {
	f.Helper()
	if err != nil {
		f.Fatalf("unexpected error: %v", err)
	}
}

// fails wants err to be a *store.Error of that kind.
func (f *fixture) fails(err error, kind store.Kind) {
	f.Helper()
	var e *store.Error
	if !errors.As(err, &e) || e.Kind != kind {
		f.Fatalf("error = %v, want one that says %q", err, kind)
	}
}

// equal wants two values to be deeply equal; empty and nil slices are.
func equal[T any](f *fixture, what string, got, want T) {
	f.Helper()
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	if g.Kind() == reflect.Slice && g.Len() == 0 && w.Len() == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		f.Fatalf("%s = %v, want %v", what, got, want)
	}
}

func (f *fixture) create(q store.Queue, s store.Settings) {
	f.Helper()
	_, err := f.s.CreateQueue(f.Context(), q, s)
	f.ok(err)
}

// post posts messages of an hour as "poster", one for each body.
func (f *fixture) post(q store.Queue, bodies ...string) []string {
	f.Helper()
	return f.postAs("poster", q, hour, bodies...)
}

func (f *fixture) postAs(client string, q store.Queue, ttl time.Duration, bodies ...string) []string {
	f.Helper()
	p := store.Post{Client: client}
	for _, body := range bodies {
		p.Messages = append(p.Messages, store.NewMessage{TTL: ttl, Body: []byte(body)})
	}
	posted, err := f.s.PostMessages(f.Context(), q, p)
	f.ok(err)
	ids := make([]string, 0, len(posted))
	for _, m := range posted {
		ids = append(ids, m.ID)
	}
	return ids
}

// claim leases up to n messages for ttl, and grace beyond it.
func (f *fixture) claim(q store.Queue, ttl, grace time.Duration, n int) store.Claim {
	f.Helper()
	c, err := f.s.CreateClaim(f.Context(), q, store.Lease{TTL: ttl, Grace: grace}, store.Batch{Limit: n})
	f.ok(err)
	return c
}

func (f *fixture) getClaim(q store.Queue, id string) store.Claim {
	f.Helper()
	c, err := f.s.Claim(f.Context(), q, id)
	f.ok(err)
	return c
}

func (f *fixture) release(q store.Queue, id string) {
	f.Helper()
	f.ok(f.s.DeleteClaim(f.Context(), q, id))
}

func (f *fixture) pop(q store.Queue, n int) []store.Message {
	f.Helper()
	ms, err := f.s.PopMessages(f.Context(), q, store.Batch{Limit: n})
	f.ok(err)
	return ms
}

func (f *fixture) get(q store.Queue, ids ...string) []store.Message {
	f.Helper()
	ms, err := f.s.MessagesByID(f.Context(), q, ids)
	f.ok(err)
	return ms
}

func (f *fixture) list(q store.Queue, filter store.Filter, marker string, n int) []store.Message {
	f.Helper()
	ms, err := f.s.ListMessages(f.Context(), q, filter, store.Page{Marker: marker, Batch: store.Batch{Limit: n}})
	f.ok(err)
	return ms
}

// all lists every message of a queue, claimed or not.
func (f *fixture) all(q store.Queue) []store.Message {
	f.Helper()
	return f.list(q, store.Filter{Claimed: true}, "", 1000)
}

func (f *fixture) stats(q store.Queue) store.Stats {
	f.Helper()
	s, err := f.s.QueueStats(f.Context(), q)
	f.ok(err)
	return s
}

// counts wants the queue to hold that many messages.
func (f *fixture) counts(q store.Queue, claimed, free int) {
	f.Helper()
	s := f.stats(q)
	equal(f, "claimed, free", [2]int{s.Claimed, s.Free}, [2]int{claimed, free})
}

func (f *fixture) names(project, marker string, n int) []string {
	f.Helper()
	list, err := f.s.ListQueues(f.Context(), project, store.Page{Marker: marker, Batch: store.Batch{Limit: n}})
	f.ok(err)
	names := make([]string, 0, len(list))
	for _, q := range list {
		names = append(names, q.Name)
	}
	return names
}

func bodies(ms []store.Message) []string {
	list := make([]string, 0, len(ms))
	for _, m := range ms {
		list = append(list, string(m.Body))
	}
	return list
}

func ids(ms []store.Message) []string {
	list := make([]string, 0, len(ms))
	for _, m := range ms {
		list = append(list, m.ID)
	}
	return list
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }
