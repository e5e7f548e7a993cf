// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var floatIsAnInteger = Mutant{
	Name: "float-is-an-integer", Breaks: spec.FRM57,
	Does: "a float is taken for the integer before it",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		field := strings.TrimPrefix(r.Path, "body.")
		number, float := body[field].(float64)
		body[field] = int64(number)
		return r.Rule == "type" && float && strings.Contains(r.Text, "must be an integer")
	}),
}
