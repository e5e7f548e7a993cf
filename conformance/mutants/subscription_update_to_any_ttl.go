// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var subscriptionUpdateToAnyTTL = Mutant{
	Name: "subscription-update-to-any-ttl", Breaks: spec.SUB33,
	Does:  "subscription_update accepts any ttl, and takes the shortest for one that is too short",
	Codec: accepting(rejected{"subscription_update", "body.ttl", []string{ruleMin}}, func(body object) { body["ttl"] = 60 }),
}
