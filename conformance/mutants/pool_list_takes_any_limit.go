// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolListTakesAnyLimit = Mutant{
	Name: "pool-list-takes-any-limit", Breaks: spec.POL14,
	Does:  "pool_list and flavor_list accept a limit out of its bounds",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, _ object) bool { return r.Req == "POL-14" }),
}
