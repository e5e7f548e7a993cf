// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var subscriptionPageWithoutAMarker = Mutant{
	Name: "subscription-page-without-a-marker", Breaks: spec.SUB28,
	Does: "subscription_list names no marker of the next page",
	API:  bodies(statusOK, without("marker"), "subscription_list"),
}
