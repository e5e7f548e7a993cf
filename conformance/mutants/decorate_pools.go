// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"errors"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// kindOf is what is wrong, where the caller can act on it.
func kindOf(err error) store.Kind {
	if e, ok := errors.AsType[*store.Error](err); ok {
		return e.Kind
	}
	return ""
}

// placing puts each new queue into the pool that other returns, of the one that was
// chosen and all there are.
func placing(other func(chosen store.Pool, all []store.Pool) store.Pool) func(store.Control) store.Control {
	return func(next store.Control) store.Control { return placer{next, other} }
}

type placer struct {
	store.Control

	other func(chosen store.Pool, all []store.Pool) store.Pool
}

func (c placer) Place(ctx context.Context, q store.Queue, deadLetters, pool string) (store.Pool, error) {
	all, _ := c.ListPools(ctx)
	for _, p := range all {
		if p.Name == pool {
			pool = c.other(p, all).Name
		}
	}
	return c.Control.Place(ctx, q, deadLetters, pool)
}
