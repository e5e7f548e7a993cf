// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var longestGraceIsRefused = Mutant{
	Name: "longest-grace-is-refused", Breaks: spec.CLM1,
	Does: "claim_create refuses the longest grace that there may be",
	API:  refusing(statusBadRequest, func(_ *wire.Request, body object) bool { return body["grace"] == int64(43200) }, "claim_create"),
}
