// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimUpdateTakesAnyTTL = Mutant{
	Name: "claim-update-takes-any-ttl", Breaks: spec.CLM24,
	Does:  "claim_update accepts any ttl, and keeps the one that the claim has",
	Codec: accepting(rejected{"claim_update", "body.ttl", []string{ruleMin, ruleMax}}, func(body object) { delete(body, "ttl") }),
}
