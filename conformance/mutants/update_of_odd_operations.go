// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateOfOddOperations = Mutant{
	Name: "update-of-odd-operations", Breaks: spec.QUE47,
	Does: "queue_update passes over operations that are none",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		body["patch"] = []any{}
		return r.Req == "QUE-47" && r.Path != "body.patch"
	}),
}
