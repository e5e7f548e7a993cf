// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionOutlivesItsConnection = Mutant{
	Name: "subscription-outlives-its-connection", Breaks: spec.SUB52,
	Does: "the subscriptions of a connection stay when it ends",
	API:  func(next api.Doer) api.Doer { return lingering{next} },
}

type lingering struct{ api.Doer }

func (lingering) Leave(context.Context, *api.Session) {}
