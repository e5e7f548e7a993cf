// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var headersOfAnyKind = Mutant{
	Name: "headers-of-any-kind", Breaks: spec.FRM54,
	Does: "headers that are no map are taken for none, and none is missed",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, _ object) bool {
		return r.Path == "headers" && r.Rule == "type"
	}),
}
