// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var subscriptionsAreListedBackwards = Mutant{
	Name: "subscriptions-are-listed-backwards", Breaks: spec.SUB24,
	Does: "subscription_list shows a page from the last id to the first",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		if list, ok := body["subscriptions"].([]any); ok {
			slices.Reverse(list)
		}
		return body
	}, "subscription_list"),
}
