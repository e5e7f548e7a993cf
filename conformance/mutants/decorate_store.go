// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// plenty is more than any case lets a queue hold.
var plenty = store.Page{Batch: store.Batch{Limit: 10000}}

// memo is a map for several goroutines at once.
type memo[K comparable, V any] struct {
	mu sync.Mutex
	m  map[K]V
}

func (m *memo[K, V]) put(k K, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.m == nil {
		m.m = map[K]V{}
	}
	m.m[k] = v
}

func (m *memo[K, V]) get(k K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.m[k]
	return v, ok
}

func (m *memo[K, V]) drop(k K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.m, k)
}

// view is one of the ways in which a store shows messages.
type view string

// The views: those of message_get and message_get_many are the same.
const (
	viewByID   view = "by id"
	viewList   view = "listed"
	viewPop    view = "popped"
	viewLease  view = "leased"
	viewClaim  view = "of a claim"
	viewCounts view = "counted"
)

// viewing edits each message that the store shows; one for which see returns false is
// left out. Counts stay.
func viewing(see func(v view, m *store.Message) bool) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return seen{next, see} }
}

type seen struct {
	store.Data

	see func(v view, m *store.Message) bool
}

func (s seen) pick(v view, all []store.Message) []store.Message {
	var some []store.Message
	for _, m := range all {
		if s.see(v, &m) {
			some = append(some, m)
		}
	}
	return some
}

func (s seen) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	all, err := s.Data.MessagesByID(ctx, q, ids)
	return s.pick(viewByID, all), err
}

// ListMessages picks first, and only then counts to the limit.
func (s seen) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	all, err := s.Data.ListMessages(ctx, q, f, store.Page{Batch: plenty.Batch, Marker: p.Marker})
	all = s.pick(viewList, all)
	return all[:min(len(all), p.Limit)], err
}

func (s seen) PopMessages(ctx context.Context, q store.Queue, b store.Batch) ([]store.Message, error) {
	all, err := s.Data.PopMessages(ctx, q, b)
	return s.pick(viewPop, all), err
}

func (s seen) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	c.Messages = s.pick(viewLease, c.Messages)
	return c, err
}

func (s seen) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	c, err := s.Data.Claim(ctx, q, id)
	c.Messages = s.pick(viewClaim, c.Messages)
	return c, err
}

func (s seen) QueueStats(ctx context.Context, q store.Queue) (store.Stats, error) {
	stats, err := s.Data.QueueStats(ctx, q)
	if m := stats.Oldest; m != nil && !s.see(viewCounts, m) {
		stats.Oldest = nil
	}
	if m := stats.Newest; m != nil && !s.see(viewCounts, m) {
		stats.Newest = nil
	}
	return stats, err
}

// overdue keeps messages longer than they say by some time, shorter if it is negative;
// what should have ended shows only in the views, as a server does that collects late
// and asks what is over in some places only.
func overdue(by time.Duration, views ...view) func(store.Data) store.Data {
	show := map[view]bool{}
	for _, v := range views {
		show[v] = true
	}
	see := viewing(func(v view, m *store.Message) bool {
		m.TTL -= by
		return show[v] || m.Age < m.TTL
	})
	return func(next store.Data) store.Data { return see(stretched{next, by, show[viewLease]}) }
}

// stretched gives messages another life than they ask for.
type stretched struct {
	store.Data

	by     time.Duration
	leases bool // also what should have ended
}

func (s stretched) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	if set.MessageTTL > 0 {
		set.MessageTTL += s.by
	}
	return s.Data.CreateQueue(ctx, q, set)
}

func (s stretched) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	p.TTL += s.by
	all := make([]store.NewMessage, len(p.Messages))
	for i, m := range p.Messages {
		if m.TTL > 0 {
			m.TTL += s.by
		}
		all[i] = m
	}
	p.Messages = all
	return s.Data.PostMessages(ctx, q, p)
}

func (s stretched) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	l.Grace += s.by
	free, _ := s.ListMessages(ctx, q, store.Filter{}, plenty)
	for _, m := range free {
		if !s.leases && m.Age >= m.TTL-s.by {
			_ = s.DeleteMessage(ctx, q, m.ID, nil)
		}
	}
	return s.Data.CreateClaim(ctx, q, l, b)
}

func (s stretched) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	if l.Grace > 0 {
		l.Grace += s.by
	}
	return s.Data.RenewClaim(ctx, q, id, l)
}

// leasing lets claims really last longer than they say by some time, shorter if it is
// negative.
func leasing(by time.Duration) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return leased{next, by} }
}

type leased struct {
	store.Data

	by time.Duration
}

func (s leased) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	l.TTL, l.Grace = l.TTL+s.by, l.Grace-s.by
	return s.Data.CreateClaim(ctx, q, l, b)
}

func (s leased) Claim(ctx context.Context, q store.Queue, id string) (store.Claim, error) {
	c, err := s.Data.Claim(ctx, q, id)
	c.TTL -= s.by
	return c, err
}

func (s leased) RenewClaim(ctx context.Context, q store.Queue, id string, l store.Lease) error {
	if l.TTL > 0 {
		l.TTL += s.by
	}
	if l.Grace > 0 {
		l.Grace -= s.by
	}
	return s.Data.RenewClaim(ctx, q, id, l)
}

// renaming keeps what belongs to one queue under the name of another, which may not
// tell all queues apart.
func renaming(name func(q store.Queue) store.Queue) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return renamed{next, name} }
}

type renamed struct {
	store.Data

	name func(q store.Queue) store.Queue
}

func (s renamed) CreateQueue(ctx context.Context, q store.Queue, set store.Settings) (bool, error) {
	return s.Data.CreateQueue(ctx, s.name(q), set)
}

func (s renamed) QueueMetadata(ctx context.Context, q store.Queue) ([]byte, error) {
	return s.Data.QueueMetadata(ctx, s.name(q))
}

func (s renamed) UpdateQueue(ctx context.Context, q store.Queue, change func([]byte) (store.Settings, error)) error {
	return s.Data.UpdateQueue(ctx, s.name(q), change)
}

func (s renamed) DeleteQueue(ctx context.Context, q store.Queue) error {
	return s.Data.DeleteQueue(ctx, s.name(q))
}

func (s renamed) QueueStats(ctx context.Context, q store.Queue) (store.Stats, error) {
	return s.Data.QueueStats(ctx, s.name(q))
}

func (s renamed) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	return s.Data.PostMessages(ctx, s.name(q), p)
}

func (s renamed) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	return s.Data.ListMessages(ctx, s.name(q), f, p)
}

func (s renamed) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	return s.Data.MessagesByID(ctx, s.name(q), ids)
}

func (s renamed) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	return s.Data.CreateClaim(ctx, s.name(q), l, b)
}

// housed knows the queue of each claim.
type housed struct {
	store.Data

	home memo[string, store.Queue]
}

func (s *housed) CreateClaim(ctx context.Context, q store.Queue, l store.Lease, b store.Batch) (store.Claim, error) {
	c, err := s.Data.CreateClaim(ctx, q, l, b)
	if c.ID != "" {
		s.home.put(c.ID, q)
	}
	return c, err
}

// holders are the claims that hold the named messages.
func holders(ctx context.Context, s store.Messages, q store.Queue, ids []string) []string {
	var claims []string
	named, _ := s.MessagesByID(ctx, q, ids)
	for _, m := range named {
		if m.ClaimID != "" {
			claims = append(claims, m.ClaimID)
		}
	}
	return claims
}

// pageOf cuts a page out of queues in any order.
func pageOf(all []store.QueueInfo, p store.Page) []store.QueueInfo {
	slices.SortFunc(all, func(a, b store.QueueInfo) int { return cmp.Compare(a.Name, b.Name) })
	all = slices.CompactFunc(all, func(a, b store.QueueInfo) bool { return a.Name == b.Name })
	for len(all) > 0 && all[0].Name <= p.Marker {
		all = all[1:]
	}
	return all[:min(len(all), p.Limit)]
}
