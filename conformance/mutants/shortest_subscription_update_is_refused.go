// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shortestSubscriptionUpdateIsRefused = Mutant{
	Name: "shortest-subscription-update-is-refused", Breaks: spec.SUB30,
	Does: "subscription_update refuses the shortest ttl that there may be",
	API:  refusing(statusBadRequest, func(_ *wire.Request, body object) bool { return body["ttl"] == int64(60) }, "subscription_update"),
}
