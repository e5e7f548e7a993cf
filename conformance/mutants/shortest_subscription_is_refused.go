// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shortestSubscriptionIsRefused = Mutant{
	Name: "shortest-subscription-is-refused", Breaks: spec.SUB1,
	Does: "subscription_create refuses the shortest ttl that there may be",
	API:  refusing(statusBadRequest, func(_ *wire.Request, body object) bool { return body["ttl"] == int64(60) }, "subscription_create"),
}
