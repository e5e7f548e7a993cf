// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionUpdateKeepsTheOptions = Mutant{
	Name: "subscription-update-keeps-the-options", Breaks: spec.SUB31,
	Does: "subscription_update leaves the options as they are",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "options") }, "subscription_update"),
}
