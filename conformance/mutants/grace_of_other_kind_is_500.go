// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var graceOfOtherKindIs500 = Mutant{
	Name: "grace-of-other-kind-is-500", Breaks: spec.FRM57, Fact: "F305",
	Does: "a grace of claim_update that is no integer is answered with status 500",
	API: refusedWith(statusInternal, func(r *wire.Refusal, echo wire.Echo) bool {
		return r.Rule == "type" && r.Path == "body.grace" && valueOf(echo.Action) == "claim_update"
	}),
}
