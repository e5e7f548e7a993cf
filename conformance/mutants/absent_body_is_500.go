// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var absentBodyIs500 = Mutant{
	Name: "absent-body-is-500", Breaks: spec.FRM55,
	Does: "a request without the body that it needs is answered with status 500",
	API: refusedWith(statusInternal, func(r *wire.Refusal, echo wire.Echo) bool {
		return r.Rule == "required" && strings.HasPrefix(r.Path, "body.") && echo.Body.IsZero()
	}),
}
