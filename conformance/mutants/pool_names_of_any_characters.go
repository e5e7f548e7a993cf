// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolNamesOfAnyCharacters = Mutant{
	Name: "pool-names-of-any-characters", Breaks: spec.POL3,
	Does:  "pool_create and flavor_create accept names that no pool can have",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, _ object) bool { return r.Req == "POL-3" }),
}
