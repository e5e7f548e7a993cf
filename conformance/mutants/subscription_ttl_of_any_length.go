// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var subscriptionTTLOfAnyLength = Mutant{
	Name: "subscription-ttl-of-any-length", Breaks: spec.SUB4,
	Does:  "subscription_create accepts any ttl, and takes its default for one that is too short",
	Codec: accepting(rejected{"subscription_create", "body.ttl", []string{ruleMin}}, func(body object) { delete(body, "ttl") }),
}
