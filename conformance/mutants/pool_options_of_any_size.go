// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolOptionsOfAnySize = Mutant{
	Name: "pool-options-of-any-size", Breaks: spec.POL6,
	Does:  "pool_create and pool_update accept options of any size",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, _ object) bool { return r.Req == "POL-6" }),
}
