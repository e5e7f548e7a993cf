// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionUpdateTakesTheDefault = Mutant{
	Name: "subscription-update-takes-the-default", Breaks: spec.SUB30,
	Does: "subscription_update gives the default ttl when it names none",
	API: requesting(func(_ *wire.Request, body object) {
		if body["ttl"] == nil {
			body["ttl"] = int64(3600)
		}
	}, "subscription_update"),
}
