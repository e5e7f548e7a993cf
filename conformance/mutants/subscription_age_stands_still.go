// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionAgeStandsStill = Mutant{
	Name: "subscription-age-stands-still", Breaks: spec.SUB22,
	Does: "the age of a subscription is always 0",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		list, _ := body["subscriptions"].([]any)
		for _, s := range list {
			if one, ok := s.(object); ok {
				one["age"] = int64(0)
			}
		}
		return body
	}, "subscription_list"),
}
