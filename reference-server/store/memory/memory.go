// SPDX-License-Identifier: Apache-2.0

// Package memory is a store that lives and dies with its process. It keeps no
// goroutine: what has expired is thrown away by the next call that touches the
// queue.
package memory

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

var _ store.Data = (*Store)(nil)

// Store is a store.Data in memory. One lock guards it all; no call holds it
// for longer than its own work takes.
type Store struct {
	mu     sync.Mutex
	now    func() time.Time
	ids    *sequence
	queues map[store.Queue]*queue
	names  map[string][]string // of the queues, by project, in byte order
}

// New returns an empty store that tells the time by now; nil is time.Now.
func New(now func() time.Time) *Store {
	if now == nil {
		now = time.Now //nolint:forbidigo // where no clock is handed in
	}
	return &Store{now: now, ids: new(sequence), queues: map[store.Queue]*queue{}, names: map[string][]string{}}
}

// Another returns an empty store with the clock of s. Their ids are of one order, so
// a marker from one means no more and no less in the other.
func (s *Store) Another() *Store {
	other := New(s.now)
	other.ids = s.ids
	return other
}

// Ping has nothing to fail on.
func (s *Store) Ping(context.Context) error { return nil }

// Close leaves everything to the garbage collector.
func (s *Store) Close() error { return nil }

// enter locks the store and reads the clock, so that time never runs backwards
// between two calls, and returns the queue with all that is due done; an empty one
// that is not kept when there is none. The caller unlocks.
func (s *Store) enter(q store.Queue) (*queue, time.Time) {
	s.mu.Lock()
	now := s.now()
	in := s.queues[q]
	if in == nil {
		return &queue{}, now
	}
	in.settle(now)
	return in, now
}

// CreateQueue implements store.Queues.
func (s *Store) CreateQueue(_ context.Context, q store.Queue, set store.Settings) (bool, error) {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	if in.kept {
		return false, nil
	}
	set.Metadata = slices.Clone(set.Metadata)
	s.create(q, set)
	return true, nil
}

func (s *Store) create(q store.Queue, set store.Settings) *queue {
	in := &queue{
		kept: true, settings: set,
		byID: map[string]*message{}, claims: map[string]*claim{}, subscribers: map[string]*subscription{},
	}
	s.queues[q] = in
	names := s.names[q.Project]
	at, _ := slices.BinarySearch(names, q.Name)
	s.names[q.Project] = slices.Insert(names, at, q.Name)
	return in
}

// QueueMetadata implements store.Queues.
func (s *Store) QueueMetadata(_ context.Context, q store.Queue) ([]byte, error) {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	if !in.kept {
		return nil, noQueue(q)
	}
	return slices.Clone(in.settings.Metadata), nil
}

// UpdateQueue implements store.Queues. While change works the store is not locked.
func (s *Store) UpdateQueue(ctx context.Context, q store.Queue, change func([]byte) (store.Settings, error)) error {
	for {
		old, err := s.QueueMetadata(ctx, q)
		if err != nil {
			return err
		}
		set, err := change(old)
		if err != nil || s.swap(q, old, set) {
			return err
		}
	}
}

// swap gives a queue its new settings, if its metadata is still the old.
func (s *Store) swap(q store.Queue, old []byte, set store.Settings) bool {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	if !in.kept || !bytes.Equal(in.settings.Metadata, old) {
		return false
	}
	set.Metadata = slices.Clone(set.Metadata)
	in.settings = set
	return true
}

// ListQueues implements store.Queues.
func (s *Store) ListQueues(_ context.Context, project string, p store.Page) ([]store.QueueInfo, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := s.names[project]
	if p.Marker != "" {
		at, found := slices.BinarySearch(names, p.Marker)
		if found {
			at++
		}
		names = names[at:]
	}
	var page []store.QueueInfo
	room := store.Room{Batch: p.Batch}
	for _, name := range names {
		metadata := s.queues[store.Queue{Project: project, Name: name}].settings.Metadata
		if !room.Take(len(metadata)) {
			break
		}
		page = append(page, store.QueueInfo{Name: name, Metadata: slices.Clone(metadata)})
	}
	return page, nil
}

// DeleteQueue implements store.Queues.
func (s *Store) DeleteQueue(_ context.Context, q store.Queue) error {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	if !in.kept {
		return nil
	}
	delete(s.queues, q)
	names := s.names[q.Project]
	at, _ := slices.BinarySearch(names, q.Name)
	if names = slices.Delete(names, at, at+1); len(names) == 0 {
		delete(s.names, q.Project)
		return nil
	}
	s.names[q.Project] = names
	return nil
}

// QueueStats implements store.Queues.
func (s *Store) QueueStats(_ context.Context, q store.Queue) (store.Stats, error) {
	in, now := s.enter(q)
	defer s.mu.Unlock()
	if !in.kept {
		return store.Stats{}, noQueue(q)
	}
	stats := store.Stats{Claimed: in.claimed, Free: len(in.byID) - in.claimed}
	for _, m := range in.order {
		if !m.removed {
			stats.Oldest = m.view(now)
			break
		}
	}
	for _, m := range slices.Backward(in.order) {
		if !m.removed {
			stats.Newest = m.view(now)
			break
		}
	}
	return stats, nil
}

// PurgeMessages implements store.Queues.
func (s *Store) PurgeMessages(_ context.Context, q store.Queue) error {
	in, _ := s.enter(q)
	defer s.mu.Unlock()
	for _, m := range in.byID {
		if m.claim == nil {
			in.remove(m)
		}
	}
	return nil
}

func noQueue(q store.Queue) error {
	return &store.Error{Kind: store.NotFound, What: "queue", ID: q.Name}
}
