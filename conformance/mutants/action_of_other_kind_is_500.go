// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var actionOfOtherKindIs500 = Mutant{
	Name: "action-of-other-kind-is-500", Breaks: spec.FRM53,
	Does: "an action that is no string is answered with status 500",
	API: refusedWith(statusInternal, func(r *wire.Refusal, echo wire.Echo) bool {
		_, name := valueOf(echo.Action).(string)
		return r.Rule == "action" && !name && !echo.Action.IsZero()
	}),
}
