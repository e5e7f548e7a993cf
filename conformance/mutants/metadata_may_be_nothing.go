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
		list, is := body["metadata"].([]any)
		nothing := body["metadata"] == nil || is && len(list) == 0
		delete(body, "metadata")
		return r.Path == "body.metadata" && nothing
	}),
}
