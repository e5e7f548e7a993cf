// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var claimEndsEarly = Mutant{
	Name: "claim-ends-early", Breaks: spec.CLM11,
	Does:  "a claim frees its messages ten seconds before its ttl has passed",
	Store: leasing(-10 * time.Second),
}
