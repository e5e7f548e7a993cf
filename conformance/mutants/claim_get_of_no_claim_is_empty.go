// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimGetOfNoClaimIsEmpty = Mutant{
	Name: "claim-get-of-no-claim-is-empty", Breaks: spec.CLM18,
	Does: "claim_get answers with status 200 and no messages when there is no such claim",
	API:  missing(statusNotFound, statusOK, object{"ttl": 60, "age": 0, "messages": []any{}}, "claim_get"),
}
