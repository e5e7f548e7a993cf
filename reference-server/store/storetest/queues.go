// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

func queues() []promise { //nolint:funlen // a table of short tests
	return []promise{
		{"an empty store has nothing and can be reached", func(f *fixture) {
			f.ok(f.s.Ping(f.Context()))
			equal(f, "queues", f.names("p1", "", 20), nil)
		}},
		{"a queue is made once and keeps its first settings", func(f *fixture) {
			created, err := f.s.CreateQueue(f.Context(), queue, store.Settings{Metadata: []byte("one"), MaxPost: 5})
			f.ok(err)
			equal(f, "created", created, true)
			created, err = f.s.CreateQueue(f.Context(), queue, store.Settings{Metadata: []byte("two")})
			f.ok(err)
			equal(f, "created again", created, false)
			equal(f, "metadata", f.metadata(queue), "one")
			_, err = f.s.PostMessages(f.Context(), queue, aPostOf(6))
			f.fails(err, store.TooLarge)
		}},
		{"metadata is a copy that nobody can alter", func(f *fixture) {
			given := []byte("mine")
			f.create(queue, store.Settings{Metadata: given})
			given[0] = 'X'
			got, err := f.s.QueueMetadata(f.Context(), queue)
			f.ok(err)
			got[1] = 'X'
			list, err := f.s.ListQueues(f.Context(), queue.Project, store.Page{Batch: store.Batch{Limit: 1}})
			f.ok(err)
			list[0].Metadata[2] = 'X'
			equal(f, "metadata", f.metadata(queue), "mine")
		}},
		{"a queue that a post made has no metadata", func(f *fixture) {
			f.post(queue, "a")
			equal(f, "metadata", f.metadata(queue), "")
		}},
		{"a missing queue is missing", missingQueue},
		{"a deleted queue is gone, and one made in its place starts empty", func(f *fixture) {
			f.create(queue, store.Settings{Metadata: []byte("old"), MaxPost: 5})
			old := f.post(queue, "a", "b")
			c := f.claim(queue, minute, minute, 1)
			f.ok(f.s.DeleteQueue(f.Context(), queue))
			equal(f, "queues", f.names("p1", "", 20), nil)
			missingQueue(f)

			f.post(queue, "c")
			equal(f, "metadata", f.metadata(queue), "")
			f.counts(queue, 0, 1)
			equal(f, "old messages", f.get(queue, old...), nil)
			_, err := f.s.Claim(f.Context(), queue, c.ID)
			f.fails(err, store.NotFound)
			f.ok(f.s.DeleteMessage(f.Context(), queue, old[0], &c.ID))
			equal(f, "list behind an old marker", bodies(f.list(queue, store.Filter{}, old[1], 5)), []string{"c"})
			f.wait(2 * hour)
			f.counts(queue, 0, 0)
		}},
		{"a listing is in byte order", func(f *fixture) {
			for _, name := range []string{"b", "_x", "10", "a", "9", "C", ".x"} {
				f.create(store.Queue{Project: "p1", Name: name}, store.Settings{})
			}
			equal(f, "names", f.names("p1", "", 20), []string{".x", "10", "9", "C", "_x", "a", "b"})
		}},
		{"a listing goes on behind its marker, be it the first, the last, missing or deleted", func(f *fixture) {
			for _, name := range []string{"a", "b", "d"} {
				f.create(store.Queue{Project: "p1", Name: name}, store.Settings{})
			}
			for marker, want := range map[string][]string{
				"": {"a", "b"}, "a": {"b", "d"}, "b": {"d"}, "d": {}, "c": {"d"}, "0": {"a", "b"}, "e": {},
			} {
				equal(f, "names behind "+marker, f.names("p1", marker, 2), want)
			}
			f.ok(f.s.DeleteQueue(f.Context(), store.Queue{Project: "p1", Name: "b"}))
			equal(f, "names behind b", f.names("p1", "b", 2), []string{"d"})
		}},
		{"a listing carries metadata within its bytes, but always one queue", func(f *fixture) {
			for _, name := range []string{"a", "b", "c"} {
				f.create(store.Queue{Project: "p1", Name: name}, store.Settings{Metadata: []byte("12345")})
			}
			for bytes, want := range map[int]int{0: 3, 1: 1, 9: 1, 10: 2, 14: 2, 15: 3} {
				list, err := f.s.ListQueues(f.Context(), "p1", store.Page{Batch: store.Batch{Limit: 9, Bytes: bytes}})
				f.ok(err)
				equal(f, "queues", len(list), want)
				equal(f, "metadata", string(list[0].Metadata), "12345")
			}
		}},
		{"stats add up at every moment", stats},
		{"stats describe the oldest and the newest live message", func(f *fixture) {
			f.postAs("x", queue, minute, "short")
			f.wait(second)
			f.post(queue, "a")
			f.wait(second)
			f.post(queue, "b")
			f.wait(second)
			f.postAs("x", queue, minute, "short")
			equal(f, "oldest, newest", ends(f.stats(queue)), []string{"short", "short"})
			f.wait(59 * second)
			equal(f, "oldest, newest", ends(f.stats(queue)), []string{"a", "short"})
			f.wait(second)
			s := f.stats(queue)
			equal(f, "oldest, newest", ends(s), []string{"a", "b"})
			equal(f, "oldest as by its id", *s.Oldest, f.get(queue, s.Oldest.ID)[0])
			f.wait(hour)
			equal(f, "oldest, newest", ends(f.stats(queue)), nil)
		}},
		{"a purge removes the free messages and leaves the claimed ones", func(f *fixture) {
			f.create(queue, store.Settings{Metadata: []byte("kept")})
			f.post(queue, "a", "b", "c", "d")
			c := f.claim(queue, minute, minute, 2)
			f.ok(f.s.PurgeMessages(f.Context(), queue))
			f.counts(queue, 2, 0)
			equal(f, "all", bodies(f.all(queue)), []string{"a", "b"})
			equal(f, "claim", bodies(f.getClaim(queue, c.ID).Messages), []string{"a", "b"})
			equal(f, "metadata", f.metadata(queue), "kept")
			f.release(queue, c.ID)
			equal(f, "popped", bodies(f.pop(queue, 9)), []string{"a", "b"})
		}},
	}
}

func (f *fixture) metadata(q store.Queue) string {
	f.Helper()
	m, err := f.s.QueueMetadata(f.Context(), q)
	f.ok(err)
	return string(m)
}

// missingQueue wants what a missing queue answers, and no queue made by it.
func missingQueue(f *fixture) {
	f.Helper()
	ctx, id := f.Context(), "01890a5d-ac96-774b-bcce-b302099a8057"
	_, err := f.s.QueueMetadata(ctx, queue)
	f.fails(err, store.NotFound)
	_, err = f.s.QueueStats(ctx, queue)
	f.fails(err, store.NotFound)
	_, err = f.s.ListMessages(ctx, queue, store.Filter{}, store.Page{Batch: store.Batch{Limit: 1}})
	f.fails(err, store.NotFound)
	_, err = f.s.Claim(ctx, queue, id)
	f.fails(err, store.NotFound)
	f.fails(f.s.RenewClaim(ctx, queue, id, store.Lease{TTL: minute}), store.NotFound)
	f.ok(f.s.DeleteQueue(ctx, queue))
	f.ok(f.s.PurgeMessages(ctx, queue))
	f.ok(f.s.DeleteMessage(ctx, queue, id, nil))
	f.ok(f.s.DeleteMessage(ctx, queue, id, &id))
	f.ok(f.s.DeleteMessages(ctx, queue, []string{id}, nil))
	f.ok(f.s.DeleteClaim(ctx, queue, id))
	equal(f, "messages", f.get(queue, id), nil)
	equal(f, "popped", f.pop(queue, 1), nil)
	equal(f, "claim", f.claim(queue, minute, minute, 1), store.Claim{})
	equal(f, "queues", slices.Contains(f.names(queue.Project, "", 20), queue.Name), false)
}

func stats(f *fixture) {
	f.create(queue, store.Settings{})
	f.counts(queue, 0, 0)
	f.postAs("x", queue, minute, "a", "b")
	f.postAs("x", queue, hour, "c", "d", "e")
	f.counts(queue, 0, 5)
	c := f.claim(queue, minute, minute, 3)
	f.counts(queue, 3, 2)
	f.ok(f.s.DeleteMessage(f.Context(), queue, c.Messages[0].ID, &c.ID))
	f.counts(queue, 2, 2)
	f.ok(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{TTL: 2 * minute}))
	f.counts(queue, 2, 2)
	f.pop(queue, 1)
	f.counts(queue, 2, 1)
	f.release(queue, c.ID)
	f.counts(queue, 0, 3)
	f.release(queue, c.ID)
	f.counts(queue, 0, 3)
	f.claim(queue, minute, minute, 1)
	f.claim(queue, 2*minute, minute, 1)
	f.counts(queue, 2, 1)
	f.wait(minute)
	f.counts(queue, 1, 2)
	f.wait(minute)
	f.counts(queue, 0, 3)
	f.wait(minute) // the end of b, which two claims have kept until here
	f.counts(queue, 0, 2)
	f.wait(hour)
	f.counts(queue, 0, 0)
}

func ends(s store.Stats) []string {
	if s.Oldest == nil || s.Newest == nil {
		return nil
	}
	return []string{string(s.Oldest.Body), string(s.Newest.Body)}
}

func aPostOf(size int) store.Post {
	return store.Post{
		Client: "x", Size: size, TTL: time.Hour,
		Messages: []store.NewMessage{{Body: []byte("a")}},
	}
}

func scope() []promise {
	return []promise{
		{"no two names meet, whatever they look like", func(f *fixture) {
			pairs := []store.Queue{
				{Project: "P", Name: "x.q"},
				{Project: "P.x", Name: "q"},
				{Project: "P", Name: "q"},
				{Project: "P", Name: "queues_set"},
				{Project: "P", Name: "a"},
				{Project: "P", Name: "a.messages"},
				{Project: "P", Name: "a.claims"},
				{Project: "P", Name: "."},
				{Project: "", Name: "P.q"},
				{Project: "P/x", Name: "q"},
				{Project: "p", Name: "q"},
				{Project: "P", Name: "Q"},
				{Project: "P:x", Name: "q"},
				{Project: "{P}", Name: "q"},
				{Project: "P\x00x", Name: "q"},
				{Project: "P.x.q", Name: "a.messages"},
			}
			for _, q := range pairs {
				body := q.Project + "|" + q.Name
				f.create(q, store.Settings{Metadata: []byte(body)})
				f.post(q, body)
			}
			for _, q := range pairs {
				body := q.Project + "|" + q.Name
				equal(f, "metadata", f.metadata(q), body)
				equal(f, "messages", bodies(f.all(q)), []string{body})
				f.counts(q, 0, 1)
			}
			equal(f, "queues of P", f.names("P", "", 20), []string{".", "Q", "a", "a.claims", "a.messages", "q", "queues_set", "x.q"})
			equal(f, "queues of P.x", f.names("P.x", "", 20), []string{"q"})
			equal(f, "queues of nobody", f.names("PP", "", 20), nil)
			f.ok(f.s.DeleteQueue(f.Context(), pairs[0]))
			f.counts(pairs[1], 0, 1)
		}},
		{"ids of another queue or project are unknown", func(f *fixture) {
			mine := f.post(queue, "mine", "also mine")
			c := f.claim(queue, minute, minute, 1)
			for _, other := range []store.Queue{{Project: "p1", Name: "other"}, {Project: "p2", Name: "fizbit"}} {
				f.create(other, store.Settings{})
				foreign(f, other, mine, c.ID)
			}
			f.counts(queue, 1, 1)
		}},
		{"the id of a claim is no id of a message, nor the other way round", func(f *fixture) {
			message := f.post(queue, "a")[0]
			c := f.claim(queue, minute, minute, 1)
			f.ok(f.s.DeleteMessage(f.Context(), queue, c.ID, nil))
			f.ok(f.s.DeleteMessages(f.Context(), queue, []string{c.ID}, nil))
			f.release(queue, message)
			equal(f, "messages", f.get(queue, c.ID), nil)
			_, err := f.s.Claim(f.Context(), queue, message)
			f.fails(err, store.NotFound)
			f.counts(queue, 1, 0)
		}},
	}
}

// foreign wants the ids of another queue to do nothing in q.
func foreign(f *fixture, q store.Queue, messages []string, claim string) {
	f.Helper()
	ctx := f.Context()
	own := f.post(q, "own")[0]
	equal(f, "foreign messages", f.get(q, messages...), nil)
	f.ok(f.s.DeleteMessage(ctx, q, messages[0], &claim))
	f.ok(f.s.DeleteMessage(ctx, q, messages[1], nil))
	f.ok(f.s.DeleteMessages(ctx, q, messages, []string{claim}))
	_, err := f.s.Claim(ctx, q, claim)
	f.fails(err, store.NotFound)
	f.fails(f.s.RenewClaim(ctx, q, claim, store.Lease{TTL: hour}), store.NotFound)
	f.ok(f.s.DeleteClaim(ctx, q, claim))
	held := f.claim(q, minute, minute, 1)
	f.fails(f.s.DeleteMessage(ctx, q, own, &claim), store.Mismatch)
	f.fails(f.s.DeleteMessages(ctx, q, []string{own}, []string{claim}), store.Forbidden)
	f.release(q, held.ID)
	f.counts(q, 0, 1)
}
