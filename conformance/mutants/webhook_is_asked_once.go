// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookIsAskedOnce = Mutant{
	Name: "webhook-is-asked-once", Breaks: spec.SUB88,
	Does: "a webhook that has not confirmed is not asked again",
	Elsewhere: func(next api.Elsewhere) api.Elsewhere {
		var seen memo[string, bool]
		return asking(func(m *wire.SubscriptionConfirmation) *wire.SubscriptionConfirmation {
			if again, _ := seen.get(m.URLPaths); again {
				return nil
			}
			seen.put(m.URLPaths, true)
			return m
		})(next)
	},
}
