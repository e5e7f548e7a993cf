// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionDeleteIsNotScoped = Mutant{
	Name: "subscription-delete-is-not-scoped", Breaks: spec.SUB35,
	Does:  "subscription_delete ends a subscription of any queue of any project",
	Store: func(next store.Data) store.Data { return &unscopedDeletes{registered{Data: next}} },
}

type unscopedDeletes struct{ registered }

func (s *unscopedDeletes) DeleteSubscription(ctx context.Context, q store.Queue, id string) error {
	return s.Data.DeleteSubscription(ctx, s.of(q, id), id)
}
