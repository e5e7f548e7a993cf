// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var postedIDsReversed = Mutant{
	Name: "posted-ids-reversed", Breaks: spec.MSG1,
	Does: "message_post gives the ids in the reverse order",
	API: bodies(statusCreated, func(_ *wire.Request, body object) any {
		if ids, ok := body["message_ids"].([]any); ok {
			slices.Reverse(ids)
		}
		return body
	}, "message_post"),
}
