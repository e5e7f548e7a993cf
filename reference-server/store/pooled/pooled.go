// SPDX-License-Identifier: Apache-2.0

// Package pooled is a store that keeps each queue in one of several others, its
// pools: a new queue goes into one by their weights, and is found there until it is
// deleted.
package pooled

import (
	"cmp"
	"context"
	"errors"
	"hash/maphash"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

var (
	_ store.Data    = (*Store)(nil)
	_ store.Control = (*Store)(nil)
)

// Opener opens the storage that a pool's URI names. An *store.Error of the kind
// Unopenable says that it names none.
type Opener func(p store.Pool) (store.Data, error)

// Store is a store.Data over the pools of its store.Control.
type Store struct {
	store.Control

	open   Opener
	mu     sync.Mutex
	opened map[string]store.Data // by URI

	// A queue is placed, made and deleted under the lock of its name's hash, and used
	// under that lock shared: no call finds it half moved.
	seed  maphash.Seed
	locks [64]sync.RWMutex
}

// New returns a store over the pools that c holds and will hold.
func New(c store.Control, open Opener) *Store {
	return &Store{Control: c, open: open, opened: map[string]store.Data{}, seed: maphash.MakeSeed()}
}

// CreatePool implements store.Pools. Unopenable if the URI names no storage.
func (s *Store) CreatePool(ctx context.Context, p store.Pool) error {
	if err := s.try(p); err != nil {
		return err
	}
	return s.Control.CreatePool(ctx, p)
}

// UpdatePool implements store.Pools. Unopenable if the URI names no storage.
func (s *Store) UpdatePool(ctx context.Context, name string, c store.PoolChange) (store.Pool, error) {
	if c.URI != nil {
		if err := s.try(store.Pool{Name: name, URI: *c.URI, Options: c.Options}); err != nil {
			return store.Pool{}, err
		}
	}
	return s.Control.UpdatePool(ctx, name, c)
}

// try opens a storage and lets go of it.
func (s *Store) try(p store.Pool) error {
	data, err := s.open(p)
	if err == nil {
		err = errors.Join(data.Close())
	}
	return err
}

// of is the storage of a pool, opened once.
func (s *Store) of(p store.Pool) (store.Data, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if data := s.opened[p.URI]; data != nil {
		return data, nil
	}
	data, err := s.open(p)
	if err == nil {
		s.opened[p.URI] = data
	}
	return data, err
}

// in calls do with the storage of a pool, if that was found.
func in[T any](s *Store, p store.Pool, err error, do func(store.Data) (T, error)) (none T, _ error) {
	if err != nil {
		return none, err
	}
	data, err := s.of(p)
	if err != nil {
		return none, err
	}
	return do(data)
}

// lock is the one of a queue.
func (s *Store) lock(q store.Queue) *sync.RWMutex {
	return &s.locks[maphash.Comparable(s.seed, q)%uint64(len(s.locks))]
}

// with calls do with the storage that q lives in. One that lives nowhere is asked
// for in the first pool, which answers that there is none. Unavailable without a pool.
func with[T any](ctx context.Context, s *Store, q store.Queue, do func(store.Data) (T, error)) (T, error) {
	lock := s.lock(q)
	lock.RLock()
	defer lock.RUnlock()
	p, err := s.ask(ctx, q)
	return in(s, p, err, do)
}

// ask is the pool that q lives in, or the first when it lives nowhere.
func (s *Store) ask(ctx context.Context, q store.Queue) (store.Pool, error) {
	p, err := s.PoolOf(ctx, q)
	if store.Missing(err) {
		return s.first(ctx)
	}
	return p, err
}

// on is with for what returns nothing.
func on(ctx context.Context, s *Store, q store.Queue, do func(store.Data) error) error {
	_, err := with(ctx, s, q, func(data store.Data) (struct{}, error) { return struct{}{}, do(data) })
	return err
}

// alone is on, but nothing else is done with q meanwhile, and the pool of its dead
// letters is no longer kept for them if q was the last to name them.
func (s *Store) alone(ctx context.Context, q store.Queue, do func(store.Data) error) (err error) {
	var named store.Queue
	defer func() {
		if err == nil && named.Name != "" {
			err = s.vacate(ctx, named) // under the lock of that one alone
		}
	}()
	lock := s.lock(q)
	lock.Lock()
	defer lock.Unlock()
	if named, err = s.DeadLetters(ctx, q); err != nil {
		return err
	}
	p, err := s.ask(ctx, q)
	_, err = in(s, p, err, func(data store.Data) (struct{}, error) { return struct{}{}, do(data) })
	return err
}

// making calls do with the storage that q lives in, or is put into now, its dead
// letters beside it.
func making[T any](ctx context.Context, s *Store, q store.Queue, set store.Settings, do func(store.Data) (T, error)) (T, error) {
	lock := s.lock(q)
	lock.Lock()
	defer lock.Unlock()
	p, err := s.home(ctx, q, set)
	return in(s, p, err, do)
}

// home is the pool that q lives in, or is put into now. Taken when that can't be the
// one of its dead letters, or q is of a flavor and kept for dead letters in another's pool.
func (s *Store) home(ctx context.Context, q store.Queue, set store.Settings) (store.Pool, error) {
	p, err := s.find(ctx, q)
	kept := p.Name != ""
	if store.Missing(err) && kept && (set.Flavor == "" || set.Flavor == p.Flavor) {
		return s.Place(ctx, q, set.DeadLetters, p.Name)
	}
	for store.Missing(err) { // as long as the pool that it is to go into goes
		p, err = s.choose(ctx, q, set)
		if err == nil && kept {
			err = &store.Error{Kind: store.Taken, What: "in another pool, the name", ID: q.Name} // POL-39
		}
		if err == nil {
			p, err = s.place(ctx, q, set, p)
		}
	}
	return p, err
}

// place puts q into a pool, or beside its dead letters if these have just been given
// another one.
func (s *Store) place(ctx context.Context, q store.Queue, set store.Settings, in store.Pool) (store.Pool, error) {
	p, err := s.Place(ctx, q, set.DeadLetters, in.Name)
	if beside, may := s.beside(ctx, q, set); err != nil && may {
		return s.Place(ctx, q, set.DeadLetters, beside.Name)
	}
	return p, err
}

// beside is the pool of the dead letters of a new queue, if it may live there (POL-38).
func (s *Store) beside(ctx context.Context, q store.Queue, set store.Settings) (store.Pool, bool) {
	p, err := s.PoolOf(ctx, store.Queue{Project: q.Project, Name: set.DeadLetters})
	return p, err == nil && p.Flavor == set.Flavor && p.Weight > 0
}

// find is the pool of q. NotFound when q lives nowhere, or that pool is only kept for it.
func (s *Store) find(ctx context.Context, q store.Queue) (store.Pool, error) {
	p, err := s.PoolOf(ctx, q)
	_, err = in(s, p, err, func(d store.Data) ([]byte, error) { return d.QueueMetadata(ctx, q) })
	return p, err
}

// vacate forgets the pool that is kept for q, unless q is there or another names it.
func (s *Store) vacate(ctx context.Context, q store.Queue) error {
	lock := s.lock(q)
	lock.Lock()
	defer lock.Unlock()
	if _, gone := s.find(ctx, q); !store.Missing(gone) {
		return nil
	}
	return s.Forget(ctx, q)
}

// orMaking is with, or making where the queue lives nowhere yet.
func orMaking[T any](ctx context.Context, s *Store, q store.Queue, do func(store.Data) (T, error)) (T, error) {
	done, err := with(ctx, s, q, func(data store.Data) (none T, err error) {
		if _, err := s.PoolOf(ctx, q); err != nil {
			return none, err
		}
		return do(data)
	})
	if store.Missing(err) {
		return making(ctx, s, q, store.Settings{}, do)
	}
	return done, err
}

// choose draws a pool for a new queue, by their weights, from those of the flavor,
// but takes the one of its dead letters where it can.
func (s *Store) choose(ctx context.Context, q store.Queue, set store.Settings) (p store.Pool, err error) {
	flavor := set.Flavor
	if p, may := s.beside(ctx, q, set); may {
		return p, nil
	}
	pools, err := s.some(ctx)
	if err != nil {
		return p, err // POL-36
	}
	pools = slices.DeleteFunc(pools, func(p store.Pool) bool { return p.Flavor != flavor })
	if len(pools) == 0 && flavor != "" {
		return p, &store.Error{Kind: store.Unknown, What: "flavor", ID: flavor}
	}
	sum := int64(0)
	for _, p := range pools {
		sum += p.Weight
	}
	if sum == 0 {
		return p, noPool(q)
	}
	i := 0
	for at := rand.Int64N(sum); at >= pools[i].Weight; i++ { //nolint:gosec // a share, no secret
		at -= pools[i].Weight
	}
	return pools[i], nil
}

// some are all pools. Unavailable without any.
func (s *Store) some(ctx context.Context) ([]store.Pool, error) {
	pools, err := s.ListPools(ctx)
	if err == nil && len(pools) == 0 {
		err = &store.Error{Kind: store.Unavailable, What: "storage", ID: "any pool"}
	}
	return pools, err
}

// first is a pool to ask for what lives nowhere.
func (s *Store) first(ctx context.Context) (store.Pool, error) {
	pools, err := s.some(ctx)
	if err != nil {
		return store.Pool{}, err
	}
	return pools[0], nil
}

func noPool(q store.Queue) error {
	return &store.Error{Kind: store.Unavailable, What: "a pool for queue", ID: q.Name}
}

// each calls do with the storage of every pool. Unavailable without a pool.
func (s *Store) each(ctx context.Context, do func(store.Data) error) error {
	pools, err := s.some(ctx)
	for _, p := range pools {
		_, failed := in(s, p, nil, func(d store.Data) (struct{}, error) { return struct{}{}, do(d) })
		err = errors.Join(err, failed)
	}
	return err
}

// Ping implements store.Data: all pools can serve.
func (s *Store) Ping(ctx context.Context) error {
	return s.each(ctx, func(data store.Data) error { return data.Ping(ctx) })
}

// Close implements store.Data: it closes every pool that was used.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	for _, data := range s.opened {
		err = errors.Join(err, data.Close())
	}
	return err
}

// ListQueues implements store.Queues. What several pools return is cut to one page,
// so none of them counts bytes.
func (s *Store) ListQueues(ctx context.Context, project string, p store.Page) (page []store.QueueInfo, err error) {
	var all []store.QueueInfo
	err = s.each(ctx, func(data store.Data) error {
		some, err := data.ListQueues(ctx, project, store.Page{Batch: store.Batch{Limit: p.Limit}, Marker: p.Marker})
		all = append(all, some...)
		return err
	})
	slices.SortFunc(all, func(a, b store.QueueInfo) int { return cmp.Compare(a.Name, b.Name) })
	room := store.Room{Batch: p.Batch}
	for i, q := range all {
		if !room.Take(len(q.Metadata)) {
			return all[:i], err
		}
	}
	return all, err
}
