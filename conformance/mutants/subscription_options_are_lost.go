// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionOptionsAreLost = Mutant{
	Name: "subscription-options-are-lost", Breaks: spec.SUB21,
	Does: "subscription_create forgets the options",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "options") }, "subscription_create"),
}
