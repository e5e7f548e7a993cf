// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionPageWithoutLimitIsFull = Mutant{
	Name: "subscription-page-without-limit-is-full", Breaks: spec.SUB25,
	Does: "subscription_list without a limit shows as many as are allowed",
	API: requesting(func(_ *wire.Request, body object) {
		if body["limit"] == nil {
			body["limit"] = int64(20)
		}
	}, "subscription_list"),
}
