// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var webhookPolicyIsIgnored = Mutant{
	Name: "webhook-policy-is-ignored", Breaks: spec.SUB67,
	Does: "the _retry_policy of a subscription is not followed",
	API:  optionsAs(func(options object) { delete(options, "_retry_policy") }),
}
