// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

func claims() []promise { //nolint:funlen // a table of short tests
	return []promise{
		{"claims part a queue between them", func(f *fixture) {
			f.post(queue, "a", "b", "c")
			one, two := f.claim(queue, minute, minute, 2), f.claim(queue, minute, minute, 2)
			equal(f, "first", bodies(one.Messages), []string{"a", "b"})
			equal(f, "second", bodies(two.Messages), []string{"c"})
			equal(f, "each of the first", []string{one.Messages[0].ClaimID, one.Messages[1].ClaimID}, []string{one.ID, one.ID})
			equal(f, "third", f.claim(queue, minute, minute, 2), store.Claim{})
		}},
		{"a claim with nothing to lease is not kept", func(f *fixture) {
			f.create(queue, store.Settings{})
			equal(f, "claim", f.claim(queue, minute, minute, 2), store.Claim{})
			_, err := f.s.Claim(f.Context(), queue, "")
			f.fails(err, store.NotFound)
		}},
		{"a claim takes nothing from another one", func(f *fixture) { // F172
			f.post(queue, "0", "1", "2", "3", "4")
			one, two := f.claim(queue, minute, minute, 2), f.claim(queue, minute, minute, 2)
			f.release(queue, one.ID)
			three := f.claim(queue, minute, minute, 5)
			equal(f, "third", bodies(three.Messages), []string{"0", "1", "4"})
			equal(f, "second", bodies(f.getClaim(queue, two.ID).Messages), []string{"2", "3"})
			f.counts(queue, 5, 0)
		}},
		{"released messages take their old place", func(f *fixture) {
			f.post(queue, "a", "b", "c", "d", "e", "f")
			one := f.claim(queue, hour, minute, 2)
			two := f.claim(queue, hour, minute, 2)
			f.release(queue, two.ID)
			equal(f, "listed", bodies(f.list(queue, store.Filter{}, "", 9)), []string{"c", "d", "e", "f"})
			f.release(queue, one.ID)
			f.post(queue, "g")
			equal(f, "listed", bodies(f.list(queue, store.Filter{}, "", 9)), []string{"a", "b", "c", "d", "e", "f", "g"})
			equal(f, "claimed", bodies(f.claim(queue, hour, minute, 3).Messages), []string{"a", "b", "c"})
			_, err := f.s.Claim(f.Context(), queue, one.ID)
			f.fails(err, store.NotFound)
			f.release(queue, one.ID)
			f.counts(queue, 3, 4)
		}},
		{"an expired claim frees its messages, to their old place", func(f *fixture) {
			f.post(queue, "a", "b", "c")
			c := f.claim(queue, minute, minute, 2)
			f.wait(minute - 1)
			equal(f, "claim", bodies(f.getClaim(queue, c.ID).Messages), []string{"a", "b"})
			equal(f, "free", bodies(f.list(queue, store.Filter{}, "", 9)), []string{"c"})
			f.wait(1)
			_, err := f.s.Claim(f.Context(), queue, c.ID)
			f.fails(err, store.NotFound)
			f.fails(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{TTL: hour}), store.NotFound)
			f.counts(queue, 0, 3)
			equal(f, "free", bodies(f.list(queue, store.Filter{}, "", 9)), []string{"a", "b", "c"})
			equal(f, "claimed", bodies(f.claim(queue, minute, minute, 9).Messages), []string{"a", "b", "c"})
		}},
		{"a renewed claim starts anew", func(f *fixture) {
			f.post(queue, "a")
			c := f.claim(queue, minute, minute, 1)
			equal(f, "ttl, age", [2]time.Duration{c.TTL, c.Age}, [2]time.Duration{minute, 0})
			f.wait(50 * second)
			f.ok(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{TTL: 2 * minute}))
			f.wait(110 * second)
			c = f.getClaim(queue, c.ID)
			equal(f, "ttl, age", [2]time.Duration{c.TTL, c.Age}, [2]time.Duration{2 * minute, 110 * second})
			f.ok(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{Grace: hour}))
			f.wait(119 * second)
			equal(f, "ttl", f.getClaim(queue, c.ID).TTL, 2*minute)
			f.ok(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{TTL: minute}))
			f.wait(minute)
			_, err := f.s.Claim(f.Context(), queue, c.ID)
			f.fails(err, store.NotFound)
		}},
		{"a claim shows what it still holds, and outlives its last message", func(f *fixture) {
			f.post(queue, "a", "b")
			c := f.claim(queue, minute, minute, 2)
			f.ok(f.s.DeleteMessage(f.Context(), queue, c.Messages[0].ID, &c.ID))
			equal(f, "held", bodies(f.getClaim(queue, c.ID).Messages), []string{"b"})
			f.ok(f.s.DeleteMessages(f.Context(), queue, []string{c.Messages[1].ID}, []string{c.ID}))
			equal(f, "held", f.getClaim(queue, c.ID).Messages, nil)
			f.ok(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{}))
			f.wait(minute)
			_, err := f.s.Claim(f.Context(), queue, c.ID)
			f.fails(err, store.NotFound)
			f.counts(queue, 0, 0)
		}},
	}
}

func lives() []promise { //nolint:funlen // a table of short tests
	return []promise{
		{"a message is gone when its age reaches its ttl, everywhere", func(f *fixture) {
			id := f.postAs("x", queue, minute, "a")
			f.wait(minute - 1)
			equal(f, "by id", len(f.get(queue, id...)), 1)
			f.counts(queue, 0, 1)
			f.wait(1)
			equal(f, "by id", f.get(queue, id...), nil)
			equal(f, "list", f.all(queue), nil)
			f.counts(queue, 0, 0)
			equal(f, "claim", f.claim(queue, minute, minute, 1), store.Claim{})
			equal(f, "popped", f.pop(queue, 1), nil)
			f.ok(f.s.DeleteMessage(f.Context(), queue, id[0], &id[0]))
		}},
		{"a claimed message lives until its claim's end plus grace", func(f *fixture) { // F299
			id := f.postAs("x", queue, minute, "a")
			f.wait(10 * second)
			c := f.claim(queue, 2*minute, 3*minute, 1)
			promised := 10*second + 5*minute
			equal(f, "promised in the claim", c.Messages[0].TTL, promised)
			equal(f, "promised by id", f.get(queue, id...)[0].TTL, promised)
			f.release(queue, c.ID)
			equal(f, "promised after release", f.get(queue, id...)[0].TTL, promised)
			f.wait(promised - 10*second - 1)
			equal(f, "alive", len(f.get(queue, id...)), 1)
			f.wait(1)
			equal(f, "gone", f.get(queue, id...), nil)
		}},
		{"a claim also lengthens a life that ends within its grace", func(f *fixture) {
			f.postAs("x", queue, 2*minute, "a")
			equal(f, "ttl", f.claim(queue, minute, 90*second, 1).Messages[0].TTL, 150*second)
		}},
		{"a claim never shortens a life", func(f *fixture) {
			id := f.postAs("x", queue, hour, "a")
			c := f.claim(queue, minute, minute, 1)
			equal(f, "ttl", c.Messages[0].TTL, hour)
			f.ok(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{TTL: 5 * minute, Grace: minute}))
			f.release(queue, c.ID)
			f.wait(hour - 1)
			equal(f, "alive", len(f.get(queue, id...)), 1)
		}},
		{"a life is promised in whole seconds, rounded up, and kept to the last", func(f *fixture) {
			id := f.postAs("x", queue, minute, "a")
			f.wait(1)
			c := f.claim(queue, minute, minute, 1)
			equal(f, "ttl", c.Messages[0].TTL, 2*minute+second)
			f.wait(2*minute + second - 2)
			equal(f, "alive", len(f.get(queue, id...)), 1)
			f.wait(1)
			equal(f, "gone", f.get(queue, id...), nil)
		}},
		{"a renewed claim lengthens lives by its old grace or a new one", func(f *fixture) {
			f.postAs("x", queue, minute, "a")
			c := f.claim(queue, minute, 2*minute, 1)
			f.wait(30 * second)
			f.ok(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{TTL: 4 * minute}))
			equal(f, "ttl", f.all(queue)[0].TTL, 30*second+6*minute)
			f.ok(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{Grace: 10 * minute}))
			equal(f, "ttl", f.all(queue)[0].TTL, 30*second+14*minute)
			f.ok(f.s.RenewClaim(f.Context(), queue, c.ID, store.Lease{TTL: minute, Grace: minute}))
			equal(f, "ttl", f.getClaim(queue, c.ID).Messages[0].TTL, 30*second+14*minute)
			f.wait(14*minute + 30*second - 1)
			f.counts(queue, 0, 0) // posted 30 seconds before
		}},
		{"short lives end among long ones", func(f *fixture) {
			for range 100 {
				f.postAs("x", queue, minute, "short", "short")
				f.postAs("x", queue, hour, "long")
			}
			marker := f.all(queue)[0].ID
			f.claim(queue, 30*second, second, 3)
			f.wait(minute)
			equal(f, "left", len(f.all(queue)), 100)
			f.counts(queue, 0, 100)
			equal(f, "page", bodies(f.list(queue, store.Filter{}, marker, 2)), []string{"long", "long"})
			equal(f, "claimed", len(f.claim(queue, minute, minute, 200).Messages), 100)
		}},
	}
}
