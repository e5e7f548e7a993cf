// SPDX-License-Identifier: Apache-2.0

package pooled_test

import (
	"context"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/reference-server/store/pooled"
)

var morgue = store.Queue{Project: q.Project, Name: "morgue"}

// wantPool wants q to live in a pool; "" means nowhere.
func wantPool(t *testing.T, s *pooled.Store, q store.Queue, want string) {
	t.Helper()
	if p, err := s.PoolOf(t.Context(), q); p.Name != want || (want == "") != store.Missing(err) {
		t.Errorf("PoolOf(%s) = %q, %v, want %q", q.Name, p.Name, err, want)
	}
}

// flavored has the pools plain, fast and slow, of which two are of flavors of that name.
func flavored(t *testing.T) *pooled.Store {
	t.Helper()
	s := newStore(t, &opener{of: memory.New(nil)}, "plain", "fast", "slow")
	for _, name := range []string{"fast", "slow"} {
		if err := s.CreateFlavor(t.Context(), store.Flavor{Name: name, Pools: []string{name}}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func create(t *testing.T, s *pooled.Store, q store.Queue, set store.Settings) {
	t.Helper()
	if created, err := s.CreateQueue(t.Context(), q, set); !created || err != nil {
		t.Fatalf("CreateQueue(%s) = %v, %v, want it made", q.Name, created, err)
	}
}

func TestAPoolIsKeptForDeadLettersAsLongAsAQueueNamesThem(t *testing.T) { // POL-37
	t.Parallel()
	other := store.Queue{Project: q.Project, Name: "other"}
	for how, leave := range map[string]func(*pooled.Store, context.Context) error{
		"the queue is deleted": func(s *pooled.Store, ctx context.Context) error { return s.DeleteQueue(ctx, q) },
		"the queue names another": func(s *pooled.Store, ctx context.Context) error {
			return s.UpdateQueue(ctx, q, func([]byte) (store.Settings, error) {
				return store.Settings{DeadLetters: "another"}, nil
			})
		},
	} {
		for what, then := range map[string]struct {
			q    store.Queue
			set  store.Settings
			pool string
		}{
			"made without a flavor":  {morgue, store.Settings{}, "plain"},
			"made of another flavor": {morgue, store.Settings{Flavor: "slow"}, "slow"},
			"named from elsewhere":   {other, store.Settings{DeadLetters: morgue.Name}, "plain"},
		} {
			t.Run(how+"/"+what, func(t *testing.T) {
				t.Parallel()
				s := flavored(t)
				create(t, s, q, store.Settings{Flavor: "fast", DeadLetters: morgue.Name})
				wantPool(t, s, morgue, "fast")
				if err := leave(s, t.Context()); err != nil {
					t.Fatal(err)
				}
				wantPool(t, s, morgue, "")
				create(t, s, then.q, then.set)
				wantPool(t, s, morgue, then.pool)
			})
		}
	}
}

func TestDeadLettersAreFoundWhenTheirQueueIsGone(t *testing.T) { // POL-32
	t.Parallel()
	s, ctx := flavored(t), t.Context()
	create(t, s, q, store.Settings{Flavor: "fast", DeadLetters: morgue.Name, MaxClaims: 1})
	if _, err := s.PostMessages(ctx, q, store.Post{TTL: time.Hour, Messages: make([]store.NewMessage, 1)}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		c, err := s.CreateClaim(ctx, q, store.Lease{TTL: time.Hour}, store.Batch{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.DeleteClaim(ctx, q, c.ID); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.DeleteQueue(ctx, q); err != nil {
		t.Fatal(err)
	}
	wantPool(t, s, morgue, "fast")
	if stats, err := s.QueueStats(ctx, morgue); err != nil || stats.Free != 1 {
		t.Errorf("QueueStats(morgue) = %+v, %v, want one letter", stats, err)
	}
}

// rival is a Control that, before the first queue is placed, lets another place its
// dead letters in the other pool.
type rival struct {
	store.Control

	first bool
}

func (c *rival) Place(ctx context.Context, q store.Queue, deadLetters, pool string) (store.Pool, error) {
	if !c.first {
		c.first = true
		elsewhere := map[string]string{"a": "b", "b": "a"}[pool]
		if _, err := c.Control.Place(ctx, store.Queue{Project: q.Project, Name: "rival"}, deadLetters, elsewhere); err != nil {
			return store.Pool{}, err
		}
	}
	return c.Control.Place(ctx, q, deadLetters, pool)
}

func TestQueuesThatNameOneForDeadLettersAtOnceLiveTogether(t *testing.T) { // POL-38
	t.Parallel()
	s := pooled.New(&rival{Control: memory.NewControl()}, (&opener{of: memory.New(nil)}).Open)
	for _, name := range []string{"a", "b"} {
		if err := s.CreatePool(t.Context(), store.Pool{Name: name, URI: "memory://" + name, Weight: 1}); err != nil {
			t.Fatal(err)
		}
	}
	create(t, s, q, store.Settings{DeadLetters: morgue.Name})
	p, err := s.PoolOf(t.Context(), morgue)
	if err != nil {
		t.Fatal(err)
	}
	wantPool(t, s, q, p.Name)
}
