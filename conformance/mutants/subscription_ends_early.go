// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionEndsEarly = Mutant{
	Name: "subscription-ends-early", Breaks: spec.SUB51,
	Does:  "a subscription ends half a minute before its ttl is over",
	Store: lasting(-30 * time.Second),
}
