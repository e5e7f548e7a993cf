// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shareIsForPostingToo = Mutant{
	Name: "share-is-for-posting-too", Breaks: spec.AUT67,
	Does: "queue_share signs for GET and POST when it is not told for what",
	API: requesting(func(_ *wire.Request, body object) {
		if body["methods"] == nil {
			body["methods"] = []any{"GET", "POST"}
		}
	}, "queue_share"),
}
