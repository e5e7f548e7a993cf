// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

// reference is a reference server on a clock that can be moved.
func reference(t *testing.T) Target {
	t.Helper()
	var moved atomic.Int64
	server, err := refserver.New(refserver.Options{
		Now: func() time.Time { return time.Now().Add(time.Duration(moved.Load())) },
	})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(server)
	t.Cleanup(front.Close)
	return Target{
		URL:     "ws" + strings.TrimPrefix(front.URL, "http"),
		Advance: func(d time.Duration) { moved.Add(int64(d)) },
	}
}

// Every queue that a whole run makes carries the run's prefix, or lies in a
// project that the run invented; a project that a user names holds no other.
func TestEveryQueueOfARunIsKnownToBeItsOwn(t *testing.T) {
	t.Parallel()
	for name, project := range map[string]string{"a project of its own": "", "a project it was given": "mine"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var text strings.Builder
			target := reference(t)
			target.Project = project
			rec := new(recorder)
			cases, err := catalogue()
			if err != nil {
				t.Fatal(err)
			}
			result, err := executeCases(t.Context(), cases, Options{
				Target: target, Seed: "7F3A", Formats: []Format{JSON}, Journal: &text,
			}, rec, inOrder)
			if err != nil {
				t.Fatal(err)
			}
			j, err := ReadJournal(strings.NewReader(text.String()))
			if err != nil {
				t.Fatal(err)
			}
			r := &run{target: target, prefix: j.Prefix}
			for _, e := range j.names {
				if !r.ours(e.queueName) && e.Name != "" { // which is sent to be refused, and not deleted
					t.Errorf("%q could be anybody's", e.full())
				}
			}
			if j.Seed != "7F3A" || j.Prefix != "zw-7f3a" || j.Project != project || j.URL != target.URL || j.Names() < result.Leaks.Created {
				t.Errorf("the journal is %+v, with %d names, for %d queues", j.Head, j.Names(), result.Leaks.Created)
			}
			if result.Leaks.Leaked != 0 || result.Leaks.Created == 0 {
				t.Errorf("%+v", result.Leaks)
			}
			if left, err := j.Clean(t.Context(), target); err != nil || left.Created != 0 || left.LeftOnPurpose != result.Leaks.LeftOnPurpose {
				t.Errorf("Clean() = %+v, %v, want nothing but what the run left on purpose", left, err)
			}
		})
	}
}

func TestAJournalHoldsNamesOfAnyBytes(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	r := testRun(t, "ws://127.0.0.1:1")
	r.janitor.log = &text
	names := []string{"plain", "grün\n", "zw\xff\xfe", ""}
	if err := r.janitor.head(); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := r.janitor.journal(queueName{Project: "p", Name: name}, name == ""); err != nil {
			t.Fatal(err)
		}
	}
	j, err := ReadJournal(strings.NewReader(text.String()))
	if err != nil || j.Names() != len(names) {
		t.Fatalf("ReadJournal() = %+v, %v", j, err)
	}
	for i, want := range names {
		if e := j.names[i]; e.Name != want || e.Leave != (want == "") {
			t.Errorf("name %d = %+v, want %q", i, e, want)
		}
	}
}

// A target that makes a queue which nobody asked for is found out by listing.
func TestAQueueThatNobodyWroteDownIsFound(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		pages [][]string
		want  int // strays that were removed
	}{
		"a sound listing":        {[][]string{{"a", "b"}, {"c"}, {}}, 3},
		"one that goes in turns": {[][]string{{"a", "b"}, {"a", "b"}, {"a", "b"}}, 2},
		"no queue":               {[][]string{{}}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gone, page := map[string]bool{}, 0
			r := testRun(t, serve(t, func(m *incoming) {
				queue, _ := lookup(m.value, "body.queue_name").(string)
				switch {
				case m.action() == "queue_list":
					list := L{}
					for _, n := range tc.pages[min(page, len(tc.pages)-1)] {
						list = append(list, M{"name": n})
					}
					page++
					m.answer(200, M{"queues": list})
				case m.action() == "queue_delete":
					gone[queue] = true
					m.answer(204, M{})
				case gone[queue]:
					m.answer(404, M{"error": "no such queue"})
				default:
					m.answer(200, M{})
				}
			}))
			r.janitor.projects = map[string]bool{r.project: false, "holds-a-key": true}
			r.janitor.audit(t.Context())
			if got := r.janitor.done(); got.Created != tc.want || got.Deleted != tc.want || got.Leaked != 0 {
				t.Errorf("%+v, want %d found and deleted", got, tc.want)
			}
		})
	}
}
