// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionUpdatePassesOverTheSubscriber = Mutant{
	Name: "subscription-update-passes-over-the-subscriber", Breaks: spec.SUB37,
	Does: "subscription_update is done, but for the subscriber that it names",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "subscriber") }, "subscription_update"),
}
