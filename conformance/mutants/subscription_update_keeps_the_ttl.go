// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionUpdateKeepsTheTTL = Mutant{
	Name: "subscription-update-keeps-the-ttl", Breaks: spec.SUB30,
	Does: "subscription_update leaves the ttl as it is",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "ttl") }, "subscription_update"),
}
