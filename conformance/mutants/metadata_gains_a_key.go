// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var metadataGainsAKey = Mutant{
	Name: "metadata-gains-a-key", Breaks: spec.QUE17,
	Does: "queue_get adds the limit of the size of a post to what was stored",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		body["_max_messages_post_size"] = 262144
		return body
	}, "queue_get"),
}
