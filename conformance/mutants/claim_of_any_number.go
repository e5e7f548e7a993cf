// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimOfAnyNumber = Mutant{
	Name: "claim-of-any-number", Breaks: spec.CLM5,
	Does:  "claim_create accepts any limit, and leases as many messages as are allowed",
	Codec: accepting(rejected{"claim_create", "body.limit", []string{ruleMin, ruleMax}}, func(body object) { body["limit"] = 20 }),
}
