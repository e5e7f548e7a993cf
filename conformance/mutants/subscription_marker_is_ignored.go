// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionMarkerIsIgnored = Mutant{
	Name: "subscription-marker-is-ignored", Breaks: spec.SUB25,
	Does: "subscription_list begins at the start, whatever the marker is",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "marker") }, "subscription_list"),
}
