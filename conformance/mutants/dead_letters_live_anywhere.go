// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deadLettersLiveAnywhere = Mutant{
	Name: "dead-letters-live-anywhere", Breaks: spec.POL37,
	Does:    "a queue's dead letters may be kept in another pool than the queue",
	Control: func(next store.Control) store.Control { return parting{next} },
}

type parting struct{ store.Control }

func (c parting) Place(ctx context.Context, q store.Queue, _, pool string) (store.Pool, error) {
	return c.Control.Place(ctx, q, "", pool)
}
