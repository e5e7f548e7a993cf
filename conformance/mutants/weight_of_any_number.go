// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var weightOfAnyNumber = Mutant{
	Name: "weight-of-any-number", Breaks: spec.POL5,
	Does: "pool_create and pool_update accept a weight that is below zero or too high",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		body["weight"] = int64(0)
		return r.Req == "POL-5"
	}),
}
