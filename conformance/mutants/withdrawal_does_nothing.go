// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var withdrawalDoesNothing = Mutant{
	Name: "withdrawal-does-nothing", Breaks: spec.SUB84,
	Does:  "a webhook that says that it wants no messages is sent them all the same",
	Store: func(next store.Data) store.Data { return eager{next} },
}

// eager hears of no withdrawal.
type eager struct{ store.Data }

func (d eager) ConfirmSubscription(ctx context.Context, q store.Queue, id string, _ bool) error {
	return d.Data.ConfirmSubscription(ctx, q, id, true)
}
