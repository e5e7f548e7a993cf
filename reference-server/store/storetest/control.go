// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// ruled is what an operator keeps, under test.
type ruled struct {
	fixture

	c store.Control
}

// RunControl checks that a backend keeps the promises of store.Control. Open returns
// one without pools, which can open URIs that begin with memory://.
func RunControl(t *testing.T, open func(t *testing.T) store.Control) {
	t.Helper()
	for sentence, check := range map[string]func(f *ruled){
		"pools are kept as they are given":                 poolsAreKept,
		"a pool is changed in what is named":               poolsAreChanged,
		"a name, a URI and a flavor are taken once":        taken,
		"what is needed stays":                             needed,
		"a flavor has the pools that it was given last":    flavors,
		"a queue stays where it was put first":             places,
		"dead letters live beside their queue":             deadPlaces,
		"a refused change changes nothing":                 refusedChanges,
		"what does not exist is missing, but for deletion": missingControl,
	} {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			check(&ruled{fixture{T: t}, open(t)})
		})
	}
}

func poolOf(name string) store.Pool {
	return store.Pool{Name: name, URI: "memory://" + name, Weight: 1}
}

func (f *ruled) pool(names ...string) {
	f.Helper()
	for _, name := range names {
		f.ok(f.c.CreatePool(f.Context(), poolOf(name)))
	}
}

func (f *ruled) flavor(name string, pools ...string) {
	f.Helper()
	f.ok(f.c.CreateFlavor(f.Context(), store.Flavor{Name: name, Pools: pools}))
}

func (f *ruled) pools() []store.Pool {
	f.Helper()
	list, err := f.c.ListPools(f.Context())
	f.ok(err)
	return list
}

func (f *ruled) flavors() []store.Flavor {
	f.Helper()
	list, err := f.c.ListFlavors(f.Context())
	f.ok(err)
	return list
}

func (f *ruled) change(name string, c store.PoolChange) (store.Pool, error) {
	f.Helper()
	return f.c.UpdatePool(f.Context(), name, c)
}

// flavorsAre wants these flavors, each with its pools.
func (f *ruled) flavorsAre(want ...string) {
	f.Helper()
	var got []string
	for _, flavor := range f.flavors() {
		got = append(got, flavor.Name+": "+strings.Join(flavor.Pools, " "))
	}
	equal(&f.fixture, "flavors", got, want)
}

func poolsAreKept(f *ruled) {
	equal(&f.fixture, "pools", f.pools(), nil)
	f.pool("b", "a")
	options := []byte("mine")
	f.ok(f.c.CreatePool(f.Context(), store.Pool{Name: "B", URI: "memory://c", Weight: 0, Options: options}))
	options[0] = 'X'
	equal(&f.fixture, "pools", f.pools(), []store.Pool{
		{Name: "B", URI: "memory://c", Options: []byte("mine")}, poolOf("a"), poolOf("b"),
	})
	f.ok(f.c.DeletePool(f.Context(), "a"))
	f.pool("a")
}

func poolsAreChanged(f *ruled) {
	f.pool("a", "b")
	f.flavor("fast", "b")
	uri, weight, flavor, none := "memory://new", int64(7), "fast", ""
	want := poolOf("a")
	for _, step := range []struct {
		c    store.PoolChange
		want func()
	}{
		{store.PoolChange{Weight: &weight}, func() { want.Weight = 7 }},
		{store.PoolChange{URI: &uri}, func() { want.URI = uri }},
		{store.PoolChange{Options: []byte("o")}, func() { want.Options = []byte("o") }},
		{store.PoolChange{Flavor: &flavor}, func() { want.Flavor = "fast" }},
		{store.PoolChange{Flavor: &none}, func() { want.Flavor = "" }},
		{store.PoolChange{}, func() {}},
	} {
		step.want()
		got, err := f.change("a", step.c)
		f.ok(err)
		equal(&f.fixture, "changed", got, want)
		equal(&f.fixture, "kept", f.pools()[0], want)
	}
}

func taken(f *ruled) {
	f.pool("a", "b")
	f.fails(f.c.CreatePool(f.Context(), store.Pool{Name: "a", URI: "memory://c"}), store.Taken)
	f.fails(f.c.CreatePool(f.Context(), store.Pool{Name: "c", URI: "memory://a"}), store.Taken)
	uri := "memory://b"
	_, err := f.change("a", store.PoolChange{URI: &uri})
	f.fails(err, store.Taken)

	f.flavor("fast", "a")
	f.fails(f.c.CreateFlavor(f.Context(), store.Flavor{Name: "fast", Pools: []string{"b"}}), store.Taken)
	f.fails(f.c.CreateFlavor(f.Context(), store.Flavor{Name: "slow", Pools: []string{"b", "a"}}), store.Taken)
	f.flavor("slow", "b")
	f.fails(f.c.UpdateFlavor(f.Context(), store.Flavor{Name: "slow", Pools: []string{"b", "a"}}), store.Taken)
}

func needed(f *ruled) {
	f.pool("a", "b")
	f.flavor("fast", "a")
	none, uri := "", "memory://new"
	f.fails(f.c.DeletePool(f.Context(), "a"), store.InUse)
	_, err := f.change("a", store.PoolChange{Flavor: &none})
	f.fails(err, store.InUse)
	f.ok(f.c.UpdateFlavor(f.Context(), store.Flavor{Name: "fast", Pools: []string{"b", "a"}}))

	_, err = f.c.Place(f.Context(), queue, "", "a")
	f.ok(err)
	f.fails(f.c.DeletePool(f.Context(), "a"), store.InUse)
	_, err = f.change("a", store.PoolChange{URI: &uri})
	f.fails(err, store.Taken)
	f.ok(f.c.Forget(f.Context(), queue))
	f.ok(f.c.DeletePool(f.Context(), "a"))
	f.fails(f.c.DeletePool(f.Context(), "b"), store.InUse)
}

func flavors(f *ruled) {
	f.pool("a", "b", "c")
	f.flavor("slow", "c")
	f.flavor("fast", "b", "a", "b")
	f.flavorsAre("fast: a b", "slow: c")
	f.ok(f.c.UpdateFlavor(f.Context(), store.Flavor{Name: "fast", Pools: []string{"b"}}))
	f.flavorsAre("fast: b", "slow: c")
	f.ok(f.c.DeleteFlavor(f.Context(), "slow"))
	f.flavorsAre("fast: b")
	var of []string
	for _, p := range f.pools() {
		of = append(of, p.Flavor)
	}
	equal(&f.fixture, "flavors of a, b, c", of, []string{"", "fast", ""})
}

func places(f *ruled) {
	f.pool("a", "b")
	other := store.Queue{Project: "p2", Name: queue.Name}
	for _, step := range []struct {
		q        store.Queue
		pool, in string
	}{{queue, "a", "a"}, {queue, "b", "a"}, {other, "b", "b"}} {
		placed, err := f.c.Place(f.Context(), step.q, "", step.pool)
		f.ok(err)
		found, err := f.c.PoolOf(f.Context(), step.q)
		f.ok(err)
		equal(&f.fixture, "placed, found", []string{placed.Name, found.URI}, []string{step.in, "memory://" + step.in})
	}
	f.ok(f.c.Forget(f.Context(), queue))
	_, err := f.c.PoolOf(f.Context(), queue)
	f.fails(err, store.NotFound)
	_, err = f.c.PoolOf(f.Context(), other)
	f.ok(err)
}

func deadPlaces(f *ruled) {
	f.pool("a", "b")
	lives := func(q store.Queue, want string) {
		f.Helper()
		p, err := f.c.PoolOf(f.Context(), q)
		if want == "" {
			f.fails(err, store.NotFound)
			return
		}
		f.ok(err)
		equal(&f.fixture, "pool of "+q.Name, p.Name, want)
	}
	place := func(name, dead, pool string) error {
		_, err := f.c.Place(f.Context(), store.Queue{Project: queue.Project, Name: name}, dead, pool)
		return err
	}
	other := store.Queue{Project: queue.Project, Name: "other"}
	named := func(by store.Queue, want string) {
		f.Helper()
		got, err := f.c.DeadLetters(f.Context(), by)
		f.ok(err)
		equal(&f.fixture, "named by "+by.Name, got.Name, want)
	}
	f.ok(place(queue.Name, morgue.Name, "a"))
	lives(morgue, "a")
	named(queue, morgue.Name)
	f.fails(place("other", morgue.Name, "b"), store.Taken)
	lives(other, "")
	f.ok(place("other", morgue.Name, "a"))
	f.ok(place(morgue.Name, "", "b"))
	lives(morgue, "a")
	named(morgue, "")

	f.ok(f.c.Forget(f.Context(), morgue))
	lives(morgue, "a")
	f.ok(f.c.Forget(f.Context(), queue))
	f.ok(f.c.Forget(f.Context(), morgue))
	lives(morgue, "a")
	f.ok(place("other", "", ""))
	f.ok(f.c.Forget(f.Context(), morgue))
	lives(morgue, "")

	f.ok(place("self", "self", "b"))
	self := store.Queue{Project: queue.Project, Name: "self"}
	lives(self, "b")
	f.ok(f.c.Forget(f.Context(), self))
	lives(self, "")
}

func refusedChanges(f *ruled) {
	f.pool("a", "b")
	f.flavor("fast", "a")
	before, flavors := f.pools(), f.flavors()
	uri, weight, lost, none := "memory://b", int64(9), "lost", ""
	for _, c := range []store.PoolChange{{Weight: &weight, URI: &uri}, {Weight: &weight, Flavor: &lost}, {Weight: &weight, Flavor: &none}} {
		if _, err := f.change("a", c); err == nil {
			f.Fatalf("UpdatePool(%+v) is no error", c)
		}
	}
	for _, pools := range [][]string{{"b", "lost"}, {"b", "a"}} {
		if err := f.c.CreateFlavor(f.Context(), store.Flavor{Name: "slow", Pools: pools}); err == nil {
			f.Fatalf("CreateFlavor(%v) is no error", pools)
		}
	}
	f.fails(f.c.UpdateFlavor(f.Context(), store.Flavor{Name: "fast", Pools: []string{"b", "lost"}}), store.Unknown)
	equal(&f.fixture, "pools", f.pools(), before)
	equal(&f.fixture, "flavors", f.flavors(), flavors)
}

func missingControl(f *ruled) {
	f.pool("a")
	_, err := f.change("lost", store.PoolChange{})
	f.fails(err, store.NotFound)
	f.fails(f.c.UpdateFlavor(f.Context(), store.Flavor{Name: "lost", Pools: []string{"a"}}), store.NotFound)
	p := poolOf("b")
	p.Flavor = "lost"
	f.fails(f.c.CreatePool(f.Context(), p), store.Unknown)
	_, err = f.c.Place(f.Context(), queue, "", "lost")
	f.fails(err, store.NotFound)
	_, err = f.c.PoolOf(f.Context(), queue)
	f.fails(err, store.NotFound)
	f.ok(f.c.DeletePool(f.Context(), "lost"))
	f.ok(f.c.DeleteFlavor(f.Context(), "lost"))
	f.ok(f.c.Forget(f.Context(), queue))
	equal(&f.fixture, "pools", f.pools(), []store.Pool{poolOf("a")})
}
