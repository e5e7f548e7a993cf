// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var subscriptionPageOfAnyNumber = Mutant{
	Name: "subscription-page-of-any-number", Breaks: spec.SUB26,
	Does:  "subscription_list accepts any limit",
	Codec: accepting(rejected{"subscription_list", "body.limit", []string{ruleMin, ruleMax}}, func(body object) { body["limit"] = 20 }),
}
