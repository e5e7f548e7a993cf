// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimGraceOfAnyLength = Mutant{
	Name: "claim-grace-of-any-length", Breaks: spec.CLM7,
	Does:  "claim_create accepts any grace, and gives the default one instead",
	Codec: accepting(rejected{"claim_create", "body.grace", []string{ruleMin, ruleMax}}, func(body object) { delete(body, "grace") }),
}
