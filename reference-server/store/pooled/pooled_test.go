// SPDX-License-Identifier: Apache-2.0

package pooled_test

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/reference-server/store/pooled"
	"github.com/zaqarwire/zaqarwire/reference-server/store/storetest"
)

// opener opens pools in memory, and keeps count of those that are open.
type opener struct {
	of   *memory.Store
	mu   sync.Mutex
	open int
}

type counted struct {
	store.Data

	o *opener
}

func (c counted) Close() error {
	c.o.mu.Lock()
	defer c.o.mu.Unlock()
	c.o.open--
	return nil
}

func (o *opener) Open(p store.Pool) (store.Data, error) {
	if !strings.HasPrefix(p.URI, "memory://") {
		return nil, &store.Error{Kind: store.Unopenable, What: "URI of pool", ID: p.Name}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open++
	return counted{o.of.Another(), o}, nil
}

// newStore has a pool of weight 1 of each name.
func newStore(t *testing.T, o *opener, names ...string) *pooled.Store {
	t.Helper()
	s := pooled.New(memory.NewControl(), o.Open)
	for _, name := range names {
		if err := s.CreatePool(t.Context(), store.Pool{Name: name, URI: "memory://" + name, Weight: 1}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, now func() time.Time) store.Data {
		t.Helper()
		return newStore(t, &opener{of: memory.New(now)}, "a", "b", "c")
	})
}

func TestControlContract(t *testing.T) {
	t.Parallel()
	storetest.RunControl(t, func(t *testing.T) store.Control {
		t.Helper()
		return newStore(t, &opener{of: memory.New(nil)})
	})
}

var q = store.Queue{Project: "p1", Name: "fizbit"}

func wantKind(t *testing.T, what string, err error, kind store.Kind) {
	t.Helper()
	if e, ok := errors.AsType[*store.Error](err); !ok || e.Kind != kind {
		t.Errorf("%s: error = %v, want one that says %q", what, err, kind)
	}
}

func TestWithoutAPoolEveryCallIsUnavailable(t *testing.T) {
	t.Parallel()
	s, ctx := newStore(t, &opener{of: memory.New(nil)}), t.Context()
	for name, call := range map[string]func() error{
		"CreateQueue":    func() error { _, err := s.CreateQueue(ctx, q, store.Settings{}); return err },
		"QueueMetadata":  func() error { _, err := s.QueueMetadata(ctx, q); return err },
		"ListQueues":     func() error { _, err := s.ListQueues(ctx, "p1", store.Page{}); return err },
		"DeleteQueue":    func() error { return s.DeleteQueue(ctx, q) },
		"QueueStats":     func() error { _, err := s.QueueStats(ctx, q); return err },
		"PurgeMessages":  func() error { return s.PurgeMessages(ctx, q) },
		"PostMessages":   func() error { _, err := s.PostMessages(ctx, q, store.Post{}); return err },
		"MessagesByID":   func() error { _, err := s.MessagesByID(ctx, q, nil); return err },
		"ListMessages":   func() error { _, err := s.ListMessages(ctx, q, store.Filter{}, store.Page{}); return err },
		"DeleteMessage":  func() error { return s.DeleteMessage(ctx, q, "", nil) },
		"DeleteMessages": func() error { return s.DeleteMessages(ctx, q, nil, nil) },
		"PopMessages":    func() error { _, err := s.PopMessages(ctx, q, store.Batch{}); return err },
		"CreateClaim":    func() error { _, err := s.CreateClaim(ctx, q, store.Lease{}, store.Batch{}); return err },
		"Claim":          func() error { _, err := s.Claim(ctx, q, ""); return err },
		"RenewClaim":     func() error { return s.RenewClaim(ctx, q, "", store.Lease{}) },
		"DeleteClaim":    func() error { return s.DeleteClaim(ctx, q, "") },
		"Ping":           func() error { return s.Ping(ctx) },
	} {
		wantKind(t, name, call(), store.Unavailable)
	}
}

func TestNewQueuesAreSharedOutByWeight(t *testing.T) {
	t.Parallel()
	s, ctx := newStore(t, &opener{of: memory.New(nil)}, "a", "b", "c"), t.Context()
	three, none := int64(3), int64(0)
	for name, weight := range map[string]*int64{"b": &three, "c": &none} {
		if _, err := s.UpdatePool(ctx, name, store.PoolChange{Weight: weight}); err != nil {
			t.Fatal(err)
		}
	}
	lives := map[string]int{}
	for i := range 400 {
		q := store.Queue{Project: "p1", Name: strconv.Itoa(i)}
		if _, err := s.PostMessages(ctx, q, store.Post{}); err != nil {
			t.Fatal(err)
		}
		p, err := s.PoolOf(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		lives[p.Name]++
	}
	if lives["a"] < 50 || lives["a"] > 150 || lives["a"]+lives["b"] != 400 {
		t.Errorf("by weights 1, 3 and 0, of 400 queues live %v", lives)
	}
}

func TestAQueueIsNeverSplitNorLost(t *testing.T) {
	t.Parallel()
	s, ctx := newStore(t, &opener{of: memory.New(nil)}, "a", "b", "c"), t.Context()
	for round := range 50 {
		q := store.Queue{Project: "p1", Name: strconv.Itoa(round)}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 5 {
					if _, err := s.PostMessages(ctx, q, store.Post{Messages: make([]store.NewMessage, 1), TTL: time.Hour}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Go(func() {
			if err := s.DeleteQueue(ctx, q); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		if err := s.DeleteQueue(ctx, q); err != nil {
			t.Error(err)
		}
		if list, err := s.ListQueues(ctx, "p1", store.Page{Batch: store.Batch{Limit: 9}}); err != nil || len(list) > 0 {
			t.Fatalf("after all is deleted there are %v, %v", list, err)
		}
	}
	for _, name := range []string{"a", "b", "c"} {
		if err := s.DeletePool(ctx, name); err != nil {
			t.Errorf("DeletePool(%s) = %v, want it gone: nothing lives there", name, err)
		}
	}
}

func TestAPoolThatGoesIsChosenNoMore(t *testing.T) {
	t.Parallel()
	s, ctx := newStore(t, &opener{of: memory.New(nil)}, "a", "b"), t.Context()
	var all sync.WaitGroup
	all.Go(func() {
		for i := range 1000 {
			if err := s.DeletePool(ctx, "a"); err == nil {
				err = s.CreatePool(ctx, store.Pool{Name: "a", URI: "memory://a", Weight: int64(i + 1)})
				if err != nil {
					t.Error(err)
				}
			}
		}
	})
	all.Go(func() {
		for range 1000 {
			if _, err := s.PostMessages(ctx, q, store.Post{}); err != nil {
				t.Error(err)
			}
			if _, err := s.QueueStats(ctx, q); err != nil {
				t.Error(err)
			}
			if err := s.DeleteQueue(ctx, q); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
}

func TestAStorageIsOpenedOnceAndClosed(t *testing.T) {
	t.Parallel()
	o := &opener{of: memory.New(nil)}
	s, ctx := newStore(t, o, "a", "b"), t.Context()
	wantKind(t, "CreatePool", s.CreatePool(ctx, store.Pool{Name: "c", URI: "http://c"}), store.Unopenable)
	uri := "http://c"
	_, err := s.UpdatePool(ctx, "a", store.PoolChange{URI: &uri})
	wantKind(t, "UpdatePool", err, store.Unopenable)
	for range 3 {
		if err := s.Ping(ctx); err != nil || o.open != 2 {
			t.Errorf("Ping: %v, %d storages are open, want 2", err, o.open)
		}
	}
	if err := s.Close(); err != nil || o.open != 0 {
		t.Errorf("Close: %v, %d storages are open, want none", err, o.open)
	}
}
