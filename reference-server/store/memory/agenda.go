// SPDX-License-Identifier: Apache-2.0

package memory

import (
	"container/heap"
	"time"
)

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
