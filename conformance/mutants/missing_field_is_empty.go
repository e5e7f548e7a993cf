// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var missingFieldIsEmpty = Mutant{
	Name: "missing-field-is-empty", Breaks: spec.FRM56,
	Does: "a required field that is absent is taken for an empty one",
	Codec: forgiving(func(r *wire.Refusal, req *wire.Request, _ object) bool {
		return r.Rule == "required" && strings.HasPrefix(r.Path, "body.") && !req.Echo.Body.IsZero()
	}),
}
