// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var subscriptionToANameOfAnyCharacters = Mutant{
	Name: "subscription-to-a-name-of-any-characters", Breaks: spec.SUB3,
	Does:  "subscription_create makes a queue under a name of any characters",
	Codec: accepting(rejected{"subscription_create", "body.queue_name", []string{rulePattern, ruleMaxLen}}, func(object) {}),
}
