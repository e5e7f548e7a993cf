// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var metadataMayBeNothing = Mutant{
	Name: "metadata-may-be-nothing", Breaks: spec.QUE8,
	Does: "queue_create accepts metadata that is null or an empty list",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		delete(body, "metadata")
		return r.Req == "QUE-8"
	}),
}
