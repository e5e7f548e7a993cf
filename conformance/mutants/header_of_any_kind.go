// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var headerOfAnyKind = Mutant{
	Name: "header-of-any-kind", Breaks: spec.FRM64,
	Does: "a header that is no string is passed over",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, _ object) bool {
		return r.Rule == "type" && strings.HasPrefix(r.Path, "headers.")
	}),
}
