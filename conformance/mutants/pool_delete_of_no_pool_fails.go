// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolDeleteOfNoPoolFails = Mutant{
	Name: "pool-delete-of-no-pool-fails", Breaks: spec.POL19,
	Does:    "pool_delete answers with status 404 when there is no such pool",
	Control: func(next store.Control) store.Control { return strictControl{next} },
}

type strictControl struct{ store.Control }

func (c strictControl) DeletePool(ctx context.Context, name string) error {
	if _, err := c.UpdatePool(ctx, name, store.PoolChange{}); err != nil {
		return err
	}
	return c.Control.DeletePool(ctx, name)
}

func (c strictControl) DeleteFlavor(ctx context.Context, name string) error {
	all, err := c.ListFlavors(ctx)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.Name == name {
			return c.Control.DeleteFlavor(ctx, name)
		}
	}
	return &store.Error{Kind: store.NotFound, What: "flavor", ID: name}
}
