// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimOfNothingFails = Mutant{
	Name: "claim-of-nothing-fails", Breaks: spec.CLM3,
	Does: "claim_create answers with status 404 when it finds nothing to claim",
	API:  missing(statusNoContent, statusNotFound, nil, "claim_create"),
}
