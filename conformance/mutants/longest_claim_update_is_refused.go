// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var longestClaimUpdateIsRefused = Mutant{
	Name: "longest-claim-update-is-refused", Breaks: spec.CLM22,
	Does: "claim_update refuses the longest grace that there may be",
	API:  refusing(statusBadRequest, func(_ *wire.Request, body object) bool { return body["grace"] == int64(43200) }, "claim_update"),
}
