// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"errors"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// delayed posts one message of an hour with a delay of its own.
func (f *fixture) delayed(q store.Queue, delay time.Duration, body string) string {
	f.Helper()
	p := store.Post{Messages: []store.NewMessage{{TTL: hour, Delay: &delay, Body: []byte(body)}}}
	posted, err := f.s.PostMessages(f.Context(), q, p)
	f.ok(err)
	return posted[0].ID
}

func delays() []promise {
	return []promise{
		{"a delayed message is hidden wherever it stands, but can be named and counts as free", func(f *fixture) { // F178
			id := f.delayed(queue, minute, "first")
			f.post(queue, "a", "b")
			last := f.delayed(queue, minute, "last")
			equal(f, "listed", bodies(f.list(queue, store.Filter{}, "", 9)), []string{"a", "b"})
			equal(f, "all", bodies(f.list(queue, store.Filter{Delayed: true}, "", 9)), []string{"first", "a", "b", "last"})
			equal(f, "got", bodies(f.get(queue, id, last)), []string{"first", "last"})
			equal(f, "leased", bodies(f.claim(queue, hour, minute, 9).Messages), []string{"a", "b"})
			equal(f, "popped", f.pop(queue, 9), nil)
			f.counts(queue, 2, 2)
		}},
		{"after its delay a message is in its place", func(f *fixture) {
			f.delayed(queue, minute, "first")
			f.post(queue, "a")
			f.wait(minute - 1)
			equal(f, "leased early", bodies(f.claim(queue, hour, minute, 9).Messages), []string{"a"})
			f.post(queue, "b")
			f.wait(1)
			equal(f, "listed", bodies(f.list(queue, store.Filter{}, "", 9)), []string{"first", "b"})
			equal(f, "leased", bodies(f.claim(queue, hour, minute, 1).Messages), []string{"first"})
		}},
		{"a message that asks for no delay has its queue's", func(f *fixture) {
			f.create(queue, store.Settings{Delay: minute})
			f.post(queue, "a")
			f.delayed(queue, 0, "b")
			equal(f, "listed", bodies(f.list(queue, store.Filter{}, "", 9)), []string{"b"})
			f.wait(minute)
			equal(f, "popped", bodies(f.pop(queue, 9)), []string{"a", "b"})
		}},
		{"a delayed message is deleted, purged and expires as any other", func(f *fixture) {
			id := f.delayed(queue, minute, "deleted")
			f.delayed(queue, 2*hour, "expires")
			f.ok(f.s.DeleteMessage(f.Context(), queue, id, nil))
			f.delayed(queue, minute, "expires after its delay")
			f.counts(queue, 0, 2)
			f.wait(hour - 1)
			f.counts(queue, 0, 2)
			f.wait(1)
			f.counts(queue, 0, 0)
			f.delayed(queue, minute, "purged")
			f.ok(f.s.PurgeMessages(f.Context(), queue))
			f.wait(minute)
			f.counts(queue, 0, 0)
		}},
	}
}

// morgue is where the dead letters of most tests go.
var morgue = store.Queue{Project: queue.Project, Name: "morgue"}

// bound is a queue whose messages may be claimed so often, each for a minute.
func (f *fixture) bound(claims int, ttl time.Duration) {
	f.Helper()
	f.create(queue, store.Settings{MaxClaims: claims, DeadLetters: morgue.Name, DeadTTL: ttl})
}

func (f *fixture) claimAndRelease(q store.Queue, n int) []string {
	f.Helper()
	c := f.claim(q, minute, minute, n)
	f.release(q, c.ID)
	return bodies(c.Messages)
}

func deadLetters() []promise { //nolint:funlen // a table of short tests
	return []promise{
		{"a message that was claimed as often as it may be is moved by the next claim", func(f *fixture) { // F309
			f.bound(2, 0)
			id := f.post(queue, "a")[0]
			equal(f, "first", f.claimAndRelease(queue, 9), []string{"a"})
			equal(f, "second", f.claimAndRelease(queue, 9), []string{"a"})
			equal(f, "queues", f.names(queue.Project, "", 9), []string{queue.Name})
			equal(f, "third", f.claim(queue, minute, minute, 9), store.Claim{})
			f.counts(queue, 0, 0)
			f.counts(morgue, 0, 1)
			equal(f, "got where it was", f.get(queue, id), nil)
			moved := f.list(morgue, store.Filter{NotFrom: "other"}, "", 9)
			equal(f, "moved", []any{moved[0].ID, string(moved[0].Body), moved[0].ClaimCount}, []any{id, "a", 0})
			equal(f, "moved, to its poster", f.list(morgue, store.Filter{NotFrom: "poster"}, "", 9), nil)
		}},
		{"dead letters do not count to the limit of a claim, and those of others stay", func(f *fixture) {
			f.bound(1, 0)
			f.post(queue, "a", "b", "c")
			held := f.claim(queue, hour, minute, 1)
			equal(f, "dying", f.claimAndRelease(queue, 1), []string{"b"})
			equal(f, "leased", bodies(f.claim(queue, minute, minute, 1).Messages), []string{"c"})
			equal(f, "held", bodies(f.getClaim(queue, held.ID).Messages), []string{"a"})
			equal(f, "dead", bodies(f.all(morgue)), []string{"b"})
			f.counts(queue, 2, 0)
		}},
		{"dead letters stand by when they were posted", func(f *fixture) {
			f.bound(1, 0)
			f.post(queue, "a")
			first := f.post(morgue, "b")[0]
			f.claimAndRelease(queue, 1)
			f.claim(morgue, minute, minute, 1)
			f.claim(queue, minute, minute, 1)
			equal(f, "all", bodies(f.all(morgue)), []string{"a", "b"})
			equal(f, "behind", f.list(morgue, store.Filter{Claimed: true}, first, 9), nil)
			equal(f, "leased", bodies(f.claim(morgue, minute, minute, 9).Messages), []string{"a"})
		}},
		{"a dead letter that comes back is in its place, and pages end", func(f *fixture) { // MSG-31
			f.bound(1, 0)
			f.create(morgue, store.Settings{MaxClaims: 1, DeadLetters: queue.Name})
			ids := f.post(queue, "a", "b", "c")
			for _, q := range []store.Queue{queue, morgue} {
				f.claimAndRelease(q, 2)
				f.claim(q, minute, minute, 1)
			}
			equal(f, "dead", f.all(morgue), nil)
			equal(f, "behind the first", bodies(f.list(queue, store.Filter{Claimed: true}, ids[0], 1)), []string{"b"})
			equal(f, "behind the second", bodies(f.list(queue, store.Filter{Claimed: true}, ids[1], 9)), []string{"c"})
			equal(f, "leased", bodies(f.claim(queue, minute, minute, 9).Messages), []string{"a", "b"})
		}},
		{"a dead letter lives as long as its queue says, from its move on", func(f *fixture) {
			f.bound(1, 2*hour)
			f.post(queue, "a")
			f.claimAndRelease(queue, 1)
			f.wait(30*minute + second/2)
			f.claim(queue, minute, minute, 1)
			f.wait(2*hour - 1)
			equal(f, "ttl", f.all(morgue)[0].TTL, 2*hour+30*minute+second)
			f.wait(second)
			f.counts(morgue, 0, 0)
		}},
		{"a dead letter of which the queue says nothing keeps its end", func(f *fixture) {
			f.bound(1, 0)
			f.post(queue, "a")
			f.claimAndRelease(queue, 1)
			f.wait(hour - 1)
			f.claim(queue, minute, minute, 1)
			f.counts(morgue, 0, 1)
			f.wait(1)
			f.counts(morgue, 0, 0)
		}},
		{"without a bound, or without a queue to go to, nothing is moved", func(f *fixture) {
			for name, set := range map[string]store.Settings{
				"unbound": {DeadLetters: morgue.Name}, "homeless": {MaxClaims: 1},
			} {
				q := store.Queue{Project: queue.Project, Name: name}
				f.create(q, set)
				f.post(q, "a")
				for range 3 {
					equal(f, name, f.claimAndRelease(q, 1), []string{"a"})
				}
			}
		}},
		{"a pop and a purge do not look how often a message was claimed", func(f *fixture) { // F310
			f.bound(1, 0)
			f.post(queue, "a", "b")
			f.claimAndRelease(queue, 2)
			equal(f, "popped", bodies(f.pop(queue, 1)), []string{"a"})
			f.ok(f.s.PurgeMessages(f.Context(), queue))
			f.counts(queue, 0, 0)
			equal(f, "queues", f.names(queue.Project, "", 9), []string{queue.Name})
		}},
	}
}

func updates() []promise {
	return []promise{
		{"an update gives a queue other settings and leaves its messages", func(f *fixture) {
			f.create(queue, store.Settings{Metadata: []byte("old"), MaxPost: 5})
			f.post(queue, "a")
			f.ok(f.s.UpdateQueue(f.Context(), queue, func(metadata []byte) (store.Settings, error) {
				return store.Settings{Metadata: append(metadata, "er"...), MessageTTL: minute}, nil
			}))
			equal(f, "metadata", f.metadata(queue), "older")
			_, err := f.s.PostMessages(f.Context(), queue, aPostOf(6))
			f.ok(err)
			f.wait(minute)
			equal(f, "left", bodies(f.all(queue)), []string{"a"})
		}},
		{"an update that fails changes nothing and says why", func(f *fixture) {
			f.create(queue, store.Settings{Metadata: []byte("old")})
			no := errors.New("no")
			err := f.s.UpdateQueue(f.Context(), queue, func(metadata []byte) (store.Settings, error) {
				metadata[0] = 'X'
				return store.Settings{Metadata: metadata}, no
			})
			equal(f, "says why", errors.Is(err, no), true)
			equal(f, "metadata", f.metadata(queue), "old")
		}},
		{"a missing queue is not updated", func(f *fixture) {
			f.fails(f.s.UpdateQueue(f.Context(), queue, func([]byte) (store.Settings, error) {
				return store.Settings{}, nil
			}), store.NotFound)
			equal(f, "queues", f.names("p1", "", 9), nil)
		}},
		{"no update is lost, however many come at once", func(f *fixture) {
			f.create(queue, store.Settings{})
			f.together(func(int) error {
				return f.s.UpdateQueue(f.Context(), queue, func(metadata []byte) (store.Settings, error) {
					return store.Settings{Metadata: append(metadata, 'x')}, nil
				})
			})
			equal(f, "metadata", f.metadata(queue), strings.Repeat("x", workers))
		}},
	}
}
