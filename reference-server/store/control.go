// SPDX-License-Identifier: Apache-2.0

package store

import "context"

// Control is what an operator keeps: which pools and flavors there are, and which
// queue lives in which pool. A flavor always has a pool, and a pool is of one
// flavor at most. Each call is atomic, and safe for concurrent use.
type Control interface {
	Pools
	Flavors
	Places
}

// Pools keeps the places where queues are kept.
type Pools interface {
	// CreatePool adds a pool. Taken when there is one of that name or URI, Unknown
	// without its flavor.
	CreatePool(ctx context.Context, p Pool) error
	// UpdatePool changes a pool and returns it as it then is. NotFound without the
	// pool; Unknown without its flavor; Taken when its URI is another pool's, or
	// would change while queues live there; InUse when a flavor has no other pool.
	UpdatePool(ctx context.Context, name string, c PoolChange) (Pool, error)
	// ListPools returns all pools in byte order of their names.
	ListPools(ctx context.Context) ([]Pool, error)
	// DeletePool removes a pool, if there is one. InUse when queues live in it, or a
	// flavor has no other.
	DeletePool(ctx context.Context, name string) error
}

// Flavors keeps sets of pools.
type Flavors interface {
	// CreateFlavor adds a flavor. Taken when there is one, or a pool is of another;
	// Unknown without one of its pools.
	CreateFlavor(ctx context.Context, f Flavor) error
	// UpdateFlavor gives a flavor other pools. NotFound without the flavor; Unknown
	// and Taken as for CreateFlavor.
	UpdateFlavor(ctx context.Context, f Flavor) error
	// ListFlavors returns all flavors and their pools, in byte order of the names.
	ListFlavors(ctx context.Context) ([]Flavor, error)
	// DeleteFlavor ends a flavor, if there is one. Its pools are of none then.
	DeleteFlavor(ctx context.Context, name string) error
}

// Places keeps where queues live.
type Places interface {
	// PoolOf says where q lives. NotFound when it lives nowhere yet.
	PoolOf(ctx context.Context, q Queue) (Pool, error)
	// DeadLetters returns the queue that Place was last given for the dead letters of
	// q; one without a name when there is none.
	DeadLetters(ctx context.Context, q Queue) (Queue, error)
	// Place records where q lives, and that the queue of its dead letters, if it has
	// one, lives there too. It keeps an earlier record of q, and returns it. NotFound
	// without the pool; Taken when the dead letters live elsewhere.
	Place(ctx context.Context, q Queue, deadLetters, pool string) (placed Pool, err error)
	// Forget drops the record of q, if there is one, unless another queue's dead
	// letters go there.
	Forget(ctx context.Context, q Queue) error
}

// Pool is a place where queues are kept.
type Pool struct {
	Name, URI string
	// Weight is its share of new queues; 0 for none.
	Weight int64
	// Flavor is the one that it is of; empty for none.
	Flavor string
	// Options are the operator's, kept byte for byte.
	Options []byte
}

// PoolChange is what to change of a pool. Nil leaves a thing as it is.
type PoolChange struct {
	URI     *string
	Weight  *int64
	Flavor  *string
	Options []byte
}

// Flavor is a set of pools.
type Flavor struct {
	Name  string
	Pools []string
}
