// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var noClaimHasAnID = Mutant{
	Name: "no-claim-has-an-id", Breaks: spec.CLM4, Fact: "F308",
	Does: "claim_create gives a claim_id when there is nothing to claim",
	API:  missing(statusNoContent, statusNoContent, object{"claim_id": "00000000-0000-4000-8000-000000000000"}, "claim_create"),
}
