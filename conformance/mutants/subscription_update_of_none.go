// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var subscriptionUpdateOfNone = Mutant{
	Name: "subscription-update-of-none", Breaks: spec.SUB32,
	Does: "subscription_update answers with status 204 for a subscription that is not there",
	API:  missing(statusNotFound, statusNoContent, nil, "subscription_update"),
}
