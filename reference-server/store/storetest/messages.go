// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

func messages() []promise { //nolint:funlen // a table of short tests
	return []promise{
		{"messages come first in, first out, within a post and across posts", func(f *fixture) {
			want := make([]string, 0, 60)
			for i := range 30 {
				one, two := strconv.Itoa(2*i), strconv.Itoa(2*i+1)
				f.post(queue, one, two)
				want = append(want, one, two)
				if i%3 == 0 {
					f.wait(second)
				}
			}
			equal(f, "list", bodies(f.all(queue)), want)
			c := f.claim(queue, minute, minute, 20)
			equal(f, "claim", bodies(c.Messages), want[:20])
			equal(f, "claim again", bodies(f.getClaim(queue, c.ID).Messages), want[:20])
			equal(f, "popped", bodies(f.pop(queue, 20)), want[20:40])
			equal(f, "rest", bodies(f.list(queue, store.Filter{}, "", 99)), want[40:])
		}},
		{"ids are each different and look like lower-case UUIDs", func(f *fixture) {
			all := f.post(queue, "a", "b")
			all = append(all, f.post(store.Queue{Project: "p2", Name: "x"}, "c")...)
			all = append(all, f.claim(queue, minute, minute, 1).ID, f.claim(queue, minute, minute, 1).ID)
			equal(f, "different ids", len(slices.Compact(sorted(all))), 5)
			for _, id := range all {
				hex := strings.Trim(id, "-0123456789abcdef") == ""
				equal(f, "is a UUID: "+id, hex && len(id) == 36 && strings.Count(id, "-") == 4, true)
			}
		}},
		{"bodies are copies that nobody can alter", func(f *fixture) {
			given := []byte("body")
			p := store.Post{Messages: []store.NewMessage{{TTL: hour, Body: given}}}
			posted, err := f.s.PostMessages(f.Context(), queue, p)
			f.ok(err)
			given[0] = 'X'
			f.get(queue, posted[0].ID)[0].Body[1] = 'X'
			f.all(queue)[0].Body[1] = 'X'
			f.stats(queue).Oldest.Body[1] = 'X'
			c := f.claim(queue, minute, minute, 1)
			c.Messages[0].Body[2] = 'X'
			f.getClaim(queue, c.ID).Messages[0].Body[2] = 'X'
			f.release(queue, c.ID)
			equal(f, "popped", bodies(f.pop(queue, 1)), []string{"body"})
		}},
		{"a message tells its age, its posting time and who holds it", func(f *fixture) {
			posted := f.Now()
			f.postAs("x", queue, minute, "a", "b")
			f.wait(2500 * 1e6)
			c := f.claim(queue, hour, minute, 1)
			f.release(queue, c.ID)
			c = f.claim(queue, 30*second, 1, 1)
			ms := f.all(queue)
			equal(f, "ages", ms[0].Age, 2500*1e6)
			equal(f, "posted", ms[0].Posted.Equal(posted), true)
			equal(f, "holders", []string{ms[0].ClaimID, ms[1].ClaimID}, []string{c.ID, ""})
			equal(f, "claim counts", []int{ms[0].ClaimCount, ms[1].ClaimCount}, []int{2, 0})
			equal(f, "ttl", ms[1].TTL, minute)
			equal(f, "by id", f.get(queue, ids(ms)...), ms)
			f.wait(30 * second)
			equal(f, "holder", f.all(queue)[0].ClaimID, "")
			equal(f, "claim count", f.all(queue)[0].ClaimCount, 2)
		}},
		{"messages by id come in the order asked for", func(f *fixture) {
			m := f.post(queue, "a", "b", "c")
			unknown := "01890a5d-ac96-774b-bcce-b302099a8057"
			got := f.get(queue, m[2], unknown, m[0], m[2], "", strings.ToUpper(m[1]))
			equal(f, "messages", bodies(got), []string{"c", "a", "c"})
		}},
		{"a message that asks for no life gets that of its queue, or of its post", func(f *fixture) {
			own := store.Queue{Project: "p1", Name: "own"}
			f.create(own, store.Settings{MessageTTL: 2 * minute})
			p := store.Post{TTL: 3 * minute, Messages: []store.NewMessage{{}, {TTL: minute}}}
			for q, want := range map[store.Queue][]any{own: {2 * minute, minute}, queue: {3 * minute, minute}} {
				_, err := f.s.PostMessages(f.Context(), q, p)
				f.ok(err)
				ms := f.all(q)
				equal(f, "lives", []any{ms[0].TTL, ms[1].TTL}, want)
			}
		}},
		{"a post for a queue that exists makes none", func(f *fixture) {
			p := aPostOf(1)
			p.Existing = true
			_, err := f.s.PostMessages(f.Context(), queue, p)
			f.fails(err, store.NotFound)
			_, err = f.s.QueueStats(f.Context(), queue)
			f.fails(err, store.NotFound)
			f.create(queue, store.Settings{})
			_, err = f.s.PostMessages(f.Context(), queue, p)
			f.ok(err)
			f.counts(queue, 0, 1)
		}},
		{"a post larger than its queue takes is refused and changes nothing", func(f *fixture) {
			f.create(queue, store.Settings{MaxPost: 10})
			_, err := f.s.PostMessages(f.Context(), queue, aPostOf(11))
			f.fails(err, store.TooLarge)
			if text := fmt.Sprint(err); !strings.Contains(text, "at most 10 bytes") { // FRM-36
				f.Errorf("error = %q, want the bound in it", text)
			}
			f.counts(queue, 0, 0)
			_, err = f.s.PostMessages(f.Context(), queue, aPostOf(10))
			f.ok(err)
			f.counts(queue, 0, 1)
		}},
	}
}

func listings() []promise { //nolint:funlen // a table of short tests
	return []promise{
		{"a marker is a message of the queue, and the page starts behind it", func(f *fixture) {
			m := f.post(queue, "a", "b", "c")
			for i, want := range [][]string{{"b", "c"}, {"c"}, {}} {
				equal(f, "page", bodies(f.list(queue, store.Filter{}, m[i], 9)), want)
			}
			equal(f, "page of one", bodies(f.list(queue, store.Filter{}, m[0], 1)), []string{"b"})
			equal(f, "page from the start", bodies(f.list(queue, store.Filter{}, "", 2)), []string{"a", "b"})
		}},
		{"a marker marks its place also when its message is gone", func(f *fixture) {
			m := f.post(queue, "a", "b")
			m = append(m, f.postAs("x", queue, minute, "c")...)
			m = append(m, f.post(queue, "d", "e")...)
			f.ok(f.s.DeleteMessages(f.Context(), queue, []string{m[0], m[3]}, nil))
			f.wait(minute)
			for i, want := range [][]string{{"b", "e"}, {"e"}, {"e"}, {"e"}, {}} {
				equal(f, "page", bodies(f.list(queue, store.Filter{}, m[i], 9)), want)
			}
			f.pop(queue, 9)
			f.wait(2 * hour)
			last := f.post(queue, "f")[0]
			for _, marker := range m {
				equal(f, "page", ids(f.list(queue, store.Filter{}, marker, 9)), []string{last})
			}
		}},
		{"a marker that has seen all shows what is posted later", func(f *fixture) {
			last := f.post(queue, "a")[0]
			equal(f, "page", f.list(queue, store.Filter{}, last, 9), nil)
			f.post(queue, "b")
			equal(f, "page", bodies(f.list(queue, store.Filter{}, last, 9)), []string{"b"})
		}},
		{"a marker that can't be an id is refused", func(f *fixture) {
			f.post(queue, "a")
			for _, marker := range []string{"x", "0", strings.Repeat("-", 36), strings.Repeat("g", 36)} {
				_, err := f.s.ListMessages(f.Context(), queue, store.Filter{}, store.Page{Marker: marker, Batch: store.Batch{Limit: 1}})
				f.fails(err, store.Malformed)
			}
		}},
		{"filters come before the limit", func(f *fixture) {
			for range 15 {
				f.postAs("me", queue, hour, "mine")
			}
			f.postAs("you", queue, hour, "a", "b")
			f.postAs("me", queue, hour, "mine")
			f.postAs("you", queue, hour, "c")
			notMine := store.Filter{NotFrom: "me"}
			page := f.list(queue, notMine, "", 2)
			equal(f, "first page", bodies(page), []string{"a", "b"})
			equal(f, "next page", bodies(f.list(queue, notMine, page[1].ID, 2)), []string{"c"})
			equal(f, "with my own", len(f.list(queue, store.Filter{}, "", 99)), 19)
		}},
		{"claimed messages are hidden unless asked for", func(f *fixture) {
			f.post(queue, "a", "b", "c", "d", "e")
			first := f.claim(queue, minute, minute, 2)
			f.claim(queue, minute, minute, 1)
			f.release(queue, first.ID)
			equal(f, "free", bodies(f.list(queue, store.Filter{}, "", 3)), []string{"a", "b", "d"})
			equal(f, "all", bodies(f.all(queue)), []string{"a", "b", "c", "d", "e"})
		}},
		{"a page holds what fits its bytes, but always one message", func(f *fixture) {
			f.post(queue, "12345", "12345", "12345")
			for bytes, want := range map[int]int{0: 3, 1: 1, 9: 1, 10: 2, 14: 2, 15: 3} {
				batch := store.Batch{Limit: 9, Bytes: bytes}
				ms, err := f.s.ListMessages(f.Context(), queue, store.Filter{}, store.Page{Batch: batch})
				f.ok(err)
				equal(f, "page", len(ms), want)
				c, err := f.s.CreateClaim(f.Context(), queue, store.Lease{TTL: minute, Grace: minute}, batch)
				f.ok(err)
				equal(f, "claim", len(c.Messages), want)
				f.release(queue, c.ID)
			}
			ms, err := f.s.PopMessages(f.Context(), queue, store.Batch{Limit: 9, Bytes: 11})
			f.ok(err)
			equal(f, "popped", len(ms), 2)
			f.counts(queue, 0, 1)
		}},
	}
}

func deletions() []promise { //nolint:funlen // a table of short tests
	return []promise{
		{"a free message is deleted, and once more is no error", func(f *fixture) {
			m := f.post(queue, "a", "b")
			f.ok(f.s.DeleteMessage(f.Context(), queue, m[0], nil))
			f.ok(f.s.DeleteMessage(f.Context(), queue, m[0], nil))
			equal(f, "left", bodies(f.all(queue)), []string{"b"})
			equal(f, "deleted", f.get(queue, m[0]), nil)
		}},
		{"a message of a claim is deleted under that claim only", func(f *fixture) {
			m := f.post(queue, "a", "b", "c")
			one, two := f.claim(queue, minute, minute, 1), f.claim(queue, hour, minute, 1)
			unknown := strings.Repeat("0", 8) + "-0000-4000-8000-" + strings.Repeat("0", 12)
			del := func(i int, claim string) error {
				return f.s.DeleteMessage(f.Context(), queue, m[i], &claim)
			}
			f.fails(f.s.DeleteMessage(f.Context(), queue, m[0], nil), store.Forbidden)
			f.fails(del(0, ""), store.Mismatch)
			f.fails(del(2, ""), store.Mismatch)
			f.fails(del(0, two.ID), store.Forbidden)
			f.fails(del(0, unknown), store.Mismatch)
			f.fails(del(0, strings.ToUpper(one.ID)), store.Mismatch)
			f.fails(del(2, one.ID), store.Mismatch)
			f.fails(del(2, unknown), store.Mismatch)
			f.counts(queue, 2, 1)
			f.ok(del(1, two.ID))
			f.ok(del(1, two.ID))
			f.ok(del(1, unknown)) // there is no such message any more
			f.wait(minute)
			f.fails(del(0, one.ID), store.Mismatch)
			f.fails(del(0, two.ID), store.Mismatch)
			f.ok(f.s.DeleteMessage(f.Context(), queue, m[0], nil))
			equal(f, "left", bodies(f.all(queue)), []string{"c"})
		}},
		{"many messages are deleted all or none", func(f *fixture) {
			m := f.post(queue, "a", "b", "c", "d", "e", "f")
			one := f.claim(queue, minute, minute, 1)
			two := f.claim(queue, minute, minute, 1)
			del := func(ids []string, claims ...string) error {
				return f.s.DeleteMessages(f.Context(), queue, ids, claims)
			}
			f.fails(del([]string{m[4], m[0]}), store.Forbidden)
			f.fails(del([]string{m[4], m[0]}, two.ID), store.Forbidden)
			f.fails(del([]string{m[4], m[0], m[1]}, two.ID, "x"), store.Forbidden)
			f.counts(queue, 2, 4)
			f.ok(del([]string{m[4], m[4], "no such id"}))
			f.ok(del([]string{m[1], m[0], m[3]}, two.ID, one.ID))
			equal(f, "left", bodies(f.all(queue)), []string{"c", "f"})
			f.ok(del([]string{m[0], m[1], m[2]}))
			equal(f, "left", bodies(f.all(queue)), []string{"f"})
			f.counts(queue, 0, 1)
		}},
		{"a pop removes the oldest free messages", func(f *fixture) {
			m := f.post(queue, "a", "b", "c", "d")
			c := f.claim(queue, minute, minute, 1)
			got := f.pop(queue, 2)
			equal(f, "popped", bodies(got), []string{"b", "c"})
			equal(f, "popped ids", ids(got), m[1:3])
			equal(f, "gone", f.get(queue, m[1:3]...), nil)
			f.counts(queue, 1, 1)
			f.release(queue, c.ID)
			equal(f, "popped", bodies(f.pop(queue, 9)), []string{"a", "d"})
			equal(f, "popped", f.pop(queue, 9), nil)
			f.counts(queue, 0, 0)
		}},
		{"messages deleted in any order leave the others in theirs", func(f *fixture) {
			var want []string
			for i := range 1000 {
				id := f.post(queue, strconv.Itoa(i))
				if i%10 == 7 {
					want = append(want, strconv.Itoa(i))
					continue
				}
				if i%3 == 0 {
					f.ok(f.s.DeleteMessages(f.Context(), queue, id, nil))
				}
			}
			for _, m := range f.all(queue) {
				if !strings.HasSuffix(string(m.Body), "7") {
					f.ok(f.s.DeleteMessage(f.Context(), queue, m.ID, nil))
				}
			}
			equal(f, "left", bodies(f.all(queue)), want)
			equal(f, "claimed", bodies(f.claim(queue, minute, minute, 99).Messages), want[:99])
			equal(f, "popped", bodies(f.pop(queue, 99)), want[99:])
		}},
	}
}
