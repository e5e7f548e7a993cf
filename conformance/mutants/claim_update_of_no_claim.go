// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimUpdateOfNoClaim = Mutant{
	Name: "claim-update-of-no-claim", Breaks: spec.CLM26,
	Does: "claim_update answers with status 204 when there is no such claim",
	API:  missing(statusNotFound, statusNoContent, nil, "claim_update"),
}
