// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shortestTTLIsRefused = Mutant{
	Name: "shortest-ttl-is-refused", Breaks: spec.MSG1,
	Does: "message_post refuses the shortest ttl that there may be",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return slices.ContainsFunc(messagesOf(body), func(m object) bool { return m["ttl"] == int64(60) })
	}, "message_post"),
}
