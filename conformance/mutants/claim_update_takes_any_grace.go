// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimUpdateTakesAnyGrace = Mutant{
	Name: "claim-update-takes-any-grace", Breaks: spec.CLM25, Fact: "F306",
	Does:  "claim_update accepts any integer as grace",
	Codec: accepting(rejected{"claim_update", "body.grace", []string{ruleMin, ruleMax}}, func(body object) { delete(body, "grace") }),
}
