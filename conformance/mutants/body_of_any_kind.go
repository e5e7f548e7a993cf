// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var bodyOfAnyKind = Mutant{
	Name: "body-of-any-kind", Breaks: spec.FRM55,
	Does: "a body that is no map is taken for an empty one, and no field is missed",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, _ object) bool {
		return r.Path == "body" && r.Rule == "type"
	}),
}
