// SPDX-License-Identifier: Apache-2.0

package memory

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

var _ store.Control = (*Control)(nil)

// Control is a store.Control in memory.
type Control struct {
	mu      sync.Mutex
	pools   map[string]store.Pool
	flavors map[string]bool
	places  map[store.Queue]home
	dead    map[store.Queue]int // how many queues' dead letters go there
}

// home is where a queue lives, and the queue of its dead letters; no name is none.
type home struct {
	pool string
	dead store.Queue
}

// NewControl returns one without pools.
func NewControl() *Control {
	return &Control{
		pools: map[string]store.Pool{}, flavors: map[string]bool{},
		places: map[store.Queue]home{}, dead: map[store.Queue]int{},
	}
}

// CreatePool implements store.Pools.
func (c *Control) CreatePool(_ context.Context, p store.Pool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.pools[p.Name]; there {
		return &store.Error{Kind: store.Taken, What: "pool", ID: p.Name}
	}
	return c.put(p)
}

// put keeps a pool, unless its URI is another's or its flavor is not there.
func (c *Control) put(p store.Pool) error {
	for _, other := range c.pools {
		if other.URI == p.URI && other.Name != p.Name {
			return &store.Error{Kind: store.Taken, What: "URI of pool", ID: p.Name}
		}
	}
	if p.Flavor != "" && !c.flavors[p.Flavor] {
		return &store.Error{Kind: store.Unknown, What: "flavor", ID: p.Flavor}
	}
	p.Options = slices.Clone(p.Options)
	c.pools[p.Name] = p
	return nil
}

// UpdatePool implements store.Pools.
func (c *Control) UpdatePool(_ context.Context, name string, change store.PoolChange) (store.Pool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	old, there := c.pools[name]
	if !there {
		return old, &store.Error{Kind: store.NotFound, What: "pool", ID: name}
	}
	p := old
	p.URI, p.Weight, p.Flavor = *cmp.Or(change.URI, &p.URI), *cmp.Or(change.Weight, &p.Weight), *cmp.Or(change.Flavor, &p.Flavor)
	if change.Options != nil {
		p.Options = change.Options
	}
	switch {
	case p.URI != old.URI && c.inhabited(name):
		return old, &store.Error{Kind: store.Taken, What: "URI of pool", ID: name}
	case p.Flavor != old.Flavor && c.only(old):
		return old, &store.Error{Kind: store.InUse, What: "pool", ID: name}
	}
	return p, c.put(p)
}

// ListPools implements store.Pools.
func (c *Control) ListPools(context.Context) ([]store.Pool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sorted(), nil
}

func (c *Control) sorted() []store.Pool {
	return slices.SortedFunc(maps.Values(c.pools), func(a, b store.Pool) int { return cmp.Compare(a.Name, b.Name) })
}

// DeletePool implements store.Pools.
func (c *Control) DeletePool(_ context.Context, name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.only(c.pools[name]) || c.inhabited(name) {
		return &store.Error{Kind: store.InUse, What: "pool", ID: name}
	}
	delete(c.pools, name)
	return nil
}

// inhabited tells whether queues live in a pool.
func (c *Control) inhabited(name string) bool {
	for _, at := range c.places {
		if at.pool == name {
			return true
		}
	}
	return false
}

// only tells whether a pool is the only one of a flavor.
func (c *Control) only(p store.Pool) bool {
	for _, other := range c.pools {
		if other.Flavor == p.Flavor && other.Name != p.Name {
			return false
		}
	}
	return p.Flavor != ""
}

// CreateFlavor implements store.Flavors.
func (c *Control) CreateFlavor(_ context.Context, f store.Flavor) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.flavors[f.Name] {
		return &store.Error{Kind: store.Taken, What: "flavor", ID: f.Name}
	}
	return c.join(f)
}

// UpdateFlavor implements store.Flavors.
func (c *Control) UpdateFlavor(_ context.Context, f store.Flavor) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.flavors[f.Name] {
		return &store.Error{Kind: store.NotFound, What: "flavor", ID: f.Name}
	}
	return c.join(f)
}

// join makes the pools of f, and no others, its own.
func (c *Control) join(f store.Flavor) error {
	for _, name := range f.Pools {
		p, there := c.pools[name]
		switch {
		case !there:
			return &store.Error{Kind: store.Unknown, What: "pool", ID: name}
		case p.Flavor != "" && p.Flavor != f.Name:
			return &store.Error{Kind: store.Taken, What: "pool", ID: name}
		}
	}
	c.flavors[f.Name] = true
	c.leave(f.Name)
	for _, name := range f.Pools {
		p := c.pools[name]
		p.Flavor = f.Name
		c.pools[name] = p
	}
	return nil
}

// leave makes the pools of a flavor those of none.
func (c *Control) leave(flavor string) {
	for name, p := range c.pools {
		if p.Flavor == flavor {
			p.Flavor = ""
			c.pools[name] = p
		}
	}
}

// ListFlavors implements store.Flavors.
func (c *Control) ListFlavors(context.Context) ([]store.Flavor, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []store.Flavor
	for _, name := range slices.Sorted(maps.Keys(c.flavors)) {
		f := store.Flavor{Name: name}
		for _, p := range c.sorted() {
			if p.Flavor == name {
				f.Pools = append(f.Pools, p.Name)
			}
		}
		list = append(list, f)
	}
	return list, nil
}

// DeleteFlavor implements store.Flavors.
func (c *Control) DeleteFlavor(_ context.Context, name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leave(name)
	delete(c.flavors, name)
	return nil
}

// PoolOf implements store.Places.
func (c *Control) PoolOf(_ context.Context, q store.Queue) (store.Pool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, placed := c.places[q]
	if !placed {
		return store.Pool{}, noQueue(q)
	}
	return c.pools[at.pool], nil
}

// DeadLetters implements store.Places.
func (c *Control) DeadLetters(_ context.Context, q store.Queue) (store.Queue, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.places[q].dead, nil
}

// Place implements store.Places.
func (c *Control) Place(_ context.Context, q store.Queue, deadLetters, pool string) (store.Pool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	old := c.places[q]
	at := home{pool: cmp.Or(old.pool, pool), dead: store.Queue{Project: q.Project, Name: deadLetters}}
	p, there := c.pools[at.pool]
	if !there {
		return p, &store.Error{Kind: store.NotFound, What: "pool", ID: pool}
	}
	if deadLetters != "" && at.dead != q {
		next := c.places[at.dead]
		if cmp.Or(next.pool, at.pool) != at.pool {
			return p, &store.Error{Kind: store.Taken, What: "in another pool, the name", ID: deadLetters}
		}
		next.pool = at.pool
		c.places[at.dead] = next
	}
	c.dead[at.dead]++
	c.unname(old.dead)
	c.places[q] = at
	return p, nil
}

// Forget implements store.Places.
func (c *Control) Forget(_ context.Context, q store.Queue) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.places[q]
	c.unname(at.dead)
	delete(c.places, q)
	if at.pool != "" && c.dead[q] > 0 {
		c.places[q] = home{pool: at.pool}
	}
	return nil
}

// unname counts one queue less whose dead letters go to q.
func (c *Control) unname(q store.Queue) {
	if c.dead[q]--; c.dead[q] <= 0 {
		delete(c.dead, q)
	}
}
