// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownActionIs404 = Mutant{
	Name: "unknown-action-is-404", Breaks: spec.FRM53,
	Does: "an action that nobody knows is answered with status 404",
	API: refusedWith(statusNotFound, func(r *wire.Refusal, echo wire.Echo) bool {
		_, name := valueOf(echo.Action).(string)
		return r.Rule == "action" && name
	}),
}
