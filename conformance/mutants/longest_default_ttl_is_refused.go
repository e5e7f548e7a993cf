// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var longestDefaultTTLIsRefused = Mutant{
	Name: "longest-default-ttl-is-refused", Breaks: spec.QUE5,
	Does: "queue_create refuses the longest _default_message_ttl that there may be",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return metadataOf(body)["_default_message_ttl"] == int64(1209600)
	}, "queue_create"),
}
