// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var claimOutlastsItsTTL = Mutant{
	Name: "claim-outlasts-its-ttl", Breaks: spec.CLM10,
	Does:  "a claim holds its messages an hour longer than its ttl says",
	Store: leasing(time.Hour),
}
