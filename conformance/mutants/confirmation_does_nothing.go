// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"fmt"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var confirmationDoesNothing = Mutant{
	Name: "confirmation-does-nothing", Breaks: spec.SUB83,
	Does:  "subscription_confirm is answered with status 204 and changes nothing",
	Store: func(next store.Data) store.Data { return undecided{next} },
}

// undecided confirms nothing.
type undecided struct{ store.Data }

func (u undecided) ConfirmSubscription(ctx context.Context, q store.Queue, id string, _ bool) error {
	if _, err := u.Subscription(ctx, q, id); err != nil {
		return fmt.Errorf("confirm: %w", err)
	}
	return nil
}
