// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimUpdateBreaksOnGrace = Mutant{
	Name: "claim-update-breaks-on-grace", Breaks: spec.CLM25, Fact: "F305",
	Does: "claim_update answers with status 500 a grace that is no integer",
	API:  failingOn(rejected{"claim_update", "body.grace", []string{ruleType}}),
}
