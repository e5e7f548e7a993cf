// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionTTLIsAlwaysTheDefault = Mutant{
	Name: "subscription-ttl-is-always-the-default", Breaks: spec.SUB6,
	Does: "a subscription lives an hour, whatever ttl was asked for",
	API:  requesting(func(_ *wire.Request, body object) { delete(body, "ttl") }, "subscription_create"),
}
