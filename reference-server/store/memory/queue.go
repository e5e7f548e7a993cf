// SPDX-License-Identifier: Apache-2.0

package memory

import (
	"cmp"
	"container/heap"
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// queue is one queue. It is as of the last settle: whoever reads it settles it
// first.
type queue struct {
	kept     bool // else it only stands for one that does not exist
	settings store.Settings
	// order is the messages in posting order. Removed ones stay until they
	// outnumber the others, so that removing costs the same at any length.
	order []*message
	// taken is a place in order that has no free message before it.
	taken   int
	byID    map[string]*message // those that are not removed
	claimed int                 // how many of these a claim holds
	claims  map[string]*claim
	agenda  agenda

	subscriptions []*subscription // in the order of their ids
	subscribers   map[string]*subscription
}

type message struct {
	id              string
	seq             uint64 // its place in every order
	client          string
	body            []byte
	posted, expires time.Time
	claim           *claim // that holds it
	claims          int    // that have held it
	delayed         bool
	removed         bool
	end             *deadline
}

type claim struct {
	id       string
	lease    store.Lease
	since    time.Time
	messages []*message // in posting order, also the removed ones
	end      *deadline
}

// settle does what has become due: messages expire; delays, claims and
// subscriptions end.
func (q *queue) settle(now time.Time) {
	for len(q.agenda) > 0 && !q.agenda[0].at.After(now) {
		switch d := q.agenda[0]; {
		case d.claim != nil:
			q.release(d.claim)
		case d.subscription != nil:
			q.unsubscribe(d.subscription)
		case d.message.delayed && d.message.expires.After(now):
			q.show(d.message)
		default:
			q.remove(d.message)
		}
	}
	if len(q.order) > 2*len(q.byID)+64 {
		live := make([]*message, 0, len(q.byID))
		for _, m := range q.order {
			if !m.removed {
				live = append(live, m)
			}
		}
		q.order, q.taken = live, 0
	}
}

// add puts a message to its place in the order.
func (q *queue) add(m *message, delay time.Duration) {
	at := len(q.order)
	if at > 0 && q.order[at-1].seq >= m.seq {
		at = q.after(m.seq)
	}
	if at > 0 && q.order[at-1].seq == m.seq { // it was here before
		at--
		q.order[at] = m
	} else {
		q.order = slices.Insert(q.order, at, m)
	}
	q.taken = min(q.taken, at)
	q.byID[m.id] = m
	m.end = &deadline{at: m.expires, message: m}
	if m.delayed = delay > 0; m.delayed && m.posted.Add(delay).Before(m.expires) {
		m.end.at = m.posted.Add(delay)
	}
	heap.Push(&q.agenda, m.end)
}

// show ends the delay of a message.
func (q *queue) show(m *message) {
	m.delayed = false
	q.agenda.move(m.end, m.expires)
	q.taken = min(q.taken, q.after(m.seq-1))
}

func (q *queue) remove(m *message) {
	delete(q.byID, m.id)
	heap.Remove(&q.agenda, m.end.place)
	if m.claim != nil {
		q.claimed--
	}
	m.removed, m.body, m.claim = true, nil, nil
}

// lease makes ms a claim.
func (q *queue) lease(id string, ms []*message, l store.Lease, now time.Time) *claim {
	c := &claim{id: id, messages: ms}
	c.end = &deadline{claim: c}
	heap.Push(&q.agenda, c.end)
	q.claims[c.id] = c
	q.claimed += len(ms)
	for _, m := range ms {
		m.claim = c
		m.claims++
	}
	q.renew(c, l, now)
	return c
}

// renew starts the lease of c anew and lets its messages outlive it by the
// grace.
func (q *queue) renew(c *claim, l store.Lease, now time.Time) {
	c.lease = store.Lease{TTL: cmp.Or(l.TTL, c.lease.TTL), Grace: cmp.Or(l.Grace, c.lease.Grace)}
	c.since = now
	q.agenda.move(c.end, now.Add(c.lease.TTL))
	for _, m := range c.messages {
		if m.removed {
			continue
		}
		if expires := m.ending(c.end.at.Add(c.lease.Grace)); expires.After(m.expires) {
			m.expires = expires
			q.agenda.move(m.end, expires)
		}
	}
}

// release ends c and gives its messages back to the queue.
func (q *queue) release(c *claim) {
	delete(q.claims, c.id)
	heap.Remove(&q.agenda, c.end.place)
	for _, m := range c.messages {
		if m.removed {
			continue
		}
		m.claim = nil
		q.claimed--
		q.taken = min(q.taken, q.after(m.seq-1))
	}
}

// after is the place in order of the first message behind seq.
func (q *queue) after(seq uint64) int {
	at, found := slices.BinarySearchFunc(q.order, seq, func(m *message, seq uint64) int {
		return cmp.Compare(m.seq, seq)
	})
	if found {
		at++
	}
	return at
}

// free returns the oldest of the free messages that pass and fit b.
func (q *queue) free(b store.Batch, pass func(m *message) bool) []*message {
	for q.taken < len(q.order) && !q.order[q.taken].free() {
		q.taken++
	}
	return pick(q.order[q.taken:], b, pass)
}

// pick returns the first of ms that are still there, pass, and fit b.
func pick(ms []*message, b store.Batch, pass func(*message) bool) []*message {
	var picked []*message
	room := store.Room{Batch: b}
	for _, m := range ms {
		if m.removed || !pass(m) {
			continue
		}
		if !room.Take(len(m.body)) {
			break
		}
		picked = append(picked, m)
	}
	return picked
}

func (m *message) free() bool { return !m.removed && !m.delayed && m.claim == nil }

// ending is the first whole second of the message's life that is not before at.
func (m *message) ending(at time.Time) time.Time {
	return m.posted.Add((at.Sub(m.posted) + time.Second - 1).Truncate(time.Second))
}

// view is the message as the caller sees it.
func (m *message) view(now time.Time) *store.Message {
	v := &store.Message{
		ID:         m.id,
		Body:       slices.Clone(m.body),
		TTL:        m.expires.Sub(m.posted),
		Age:        now.Sub(m.posted),
		Posted:     m.posted,
		ClaimCount: m.claims,
	}
	if m.claim != nil {
		v.ClaimID = m.claim.id
	}
	return v
}

func views(ms []*message, now time.Time) []store.Message {
	list := make([]store.Message, 0, len(ms))
	for _, m := range ms {
		if !m.removed {
			list = append(list, *m.view(now))
		}
	}
	return list
}

// deadline is when a message expires, or is no longer delayed, or a claim or a
// subscription ends, whichever is set.
type deadline struct {
	at      time.Time
	place   int // in the agenda
	message *message
	claim   *claim

	subscription *subscription
}

// agenda is a heap.Interface of deadlines, the next one first.
type agenda []*deadline //nolint:recvcheck // as heap.Interface wants it

func (a agenda) Len() int           { return len(a) }
func (a agenda) Less(i, j int) bool { return a[i].at.Before(a[j].at) }

func (a agenda) Swap(i, j int) {
	a[i], a[j] = a[j], a[i]
	a[i].place, a[j].place = i, j
}

// Push implements heap.Interface.
func (a *agenda) Push(x any) {
	d := x.(*deadline) //nolint:forcetypeassert // nothing else is ever pushed
	d.place = len(*a)
	*a = append(*a, d)
}

// Pop implements heap.Interface.
func (a *agenda) Pop() any {
	last := len(*a) - 1
	d := (*a)[last]
	(*a)[last] = nil
	*a = (*a)[:last]
	return d
}

func (a *agenda) move(d *deadline, at time.Time) {
	d.at = at
	heap.Fix(a, d.place)
}
