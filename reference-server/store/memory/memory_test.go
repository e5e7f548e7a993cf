// SPDX-License-Identifier: Apache-2.0

package memory

import (
	"strconv"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/storetest"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(_ *testing.T, now func() time.Time) store.Data { return New(now) })
}

func TestControlInMemoryKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.RunControl(t, func(*testing.T) store.Control { return NewControl() })
}

func TestAQueueForgetsWhatHasExpired(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	s := New(func() time.Time { return now })
	q := store.Queue{Project: "p", Name: "q"}
	post := store.Post{TTL: time.Minute, Messages: []store.NewMessage{{}, {}}}
	lease := store.Lease{TTL: time.Second, Grace: time.Second}
	for i := range 10_000 {
		if _, err := s.PostMessages(t.Context(), q, post); err != nil {
			t.Fatal(err)
		}
		if _, err := s.CreateClaim(t.Context(), q, lease, store.Batch{Limit: i % 2}); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Second)
	}
	in := s.queues[q]
	if len(in.byID) > 130 || len(in.order) > 400 || len(in.agenda) > 140 || len(in.claims) > 2 {
		t.Errorf("a queue of some 120 live messages keeps %d messages, %d places, %d deadlines, %d claims",
			len(in.byID), len(in.order), len(in.agenda), len(in.claims))
	}
}

func TestIDsTellTheirOrder(t *testing.T) {
	t.Parallel()
	var ids sequence
	var last uint64
	for i, at := range []int64{1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_001, 1_600_000_000_000, -5} {
		id, seq := ids.next(time.UnixMilli(at))
		if got, ok := place(id); !ok || got != seq || seq <= last {
			t.Errorf("id %d %q tells %d, %v; want %d, behind %d", i, id, got, ok, seq, last)
		}
		last = seq
	}
}

func TestIDsDoNotTellWhatOtherProjectsPost(t *testing.T) { // FRM-70
	t.Parallel()
	steps := func(others int) (apart uint64) {
		now := time.Unix(1_700_000_000, 0)
		s := New(func() time.Time { return now })
		post := func(project string, n int) uint64 {
			posted, err := s.PostMessages(t.Context(), store.Queue{Project: project, Name: "q"},
				store.Post{TTL: time.Minute, Messages: make([]store.NewMessage, n)})
			if err != nil {
				t.Fatal(err)
			}
			now = now.Add(100 * time.Microsecond)
			seq, _ := place(posted[0].ID)
			return seq
		}
		first := post("p", 1)
		post("other", others)
		return post("p", 1) - first
	}
	if few, many := steps(1), steps(300); few != many {
		t.Errorf("ids are %d apart when another project posts one message, %d when it posts 300", few, many)
	}
}

func TestControlForgetsWhoNamedWhat(t *testing.T) {
	t.Parallel()
	c, q := NewControl(), store.Queue{Project: "p", Name: "q"}
	if err := c.CreatePool(t.Context(), store.Pool{Name: "a", URI: "memory://a"}); err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		if _, err := c.Place(t.Context(), q, strconv.Itoa(i), "a"); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.dead) != 1 {
		t.Errorf("a queue whose dead letters go to one other is counted at %d", len(c.dead))
	}
}

// The queues that name none for dead letters name no queue without a name.
func TestAQueueThatLivesNowhereIsForgottenWithoutATrace(t *testing.T) {
	t.Parallel()
	c := NewControl()
	if err := c.CreatePool(t.Context(), store.Pool{Name: "a", URI: "memory://a"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Place(t.Context(), store.Queue{Project: "p", Name: "q"}, "", "a"); err != nil {
		t.Fatal(err)
	}
	if err := c.Forget(t.Context(), store.Queue{Project: "p"}); err != nil {
		t.Fatal(err)
	}
	if err := c.DeletePool(t.Context(), ""); err != nil {
		t.Errorf("a pool without a name cannot be deleted: %v", err)
	}
}

// BenchmarkClaimBehindManyClaimed shows that a claim costs the same however
// many messages before it are claimed.
func BenchmarkClaimBehindManyClaimed(b *testing.B) {
	s := New(nil)
	q := store.Queue{Project: "p", Name: "q"}
	post := store.Post{TTL: time.Hour, Messages: make([]store.NewMessage, 100)}
	lease, batch := store.Lease{TTL: time.Hour, Grace: time.Hour}, store.Batch{Limit: 1}
	for b.Loop() {
		if c, _ := s.CreateClaim(b.Context(), q, lease, batch); c.ID != "" {
			continue
		}
		if _, err := s.PostMessages(b.Context(), q, post); err != nil {
			b.Fatal(err)
		}
	}
}
