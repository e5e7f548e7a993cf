// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var tooDeepIs500 = Mutant{
	Name: "too-deep-is-500", Breaks: spec.FRM52,
	Does: "a request that is nested too deep is answered with status 500",
	API:  refusedWith(statusInternal, func(r *wire.Refusal, _ wire.Echo) bool { return r.Rule == "depth" }),
}
