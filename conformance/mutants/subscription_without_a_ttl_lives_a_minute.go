// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionWithoutATTLLivesAMinute = Mutant{
	Name: "subscription-without-a-ttl-lives-a-minute", Breaks: spec.SUB6,
	Does: "a subscription whose ttl nobody named lives the shortest life",
	API: requesting(func(_ *wire.Request, body object) {
		if body["ttl"] == nil {
			body["ttl"] = int64(60)
		}
	}, "subscription_create"),
}
