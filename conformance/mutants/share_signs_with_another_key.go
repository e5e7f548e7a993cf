// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shareSignsWithAnotherKey = Mutant{
	Name: "share-signs-with-another-key", Breaks: spec.AUT66,
	Does: "queue_share gives a signature that is not good for anything",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		body["signature"] = strings.Repeat("0", 64)
		return body
	}, "queue_share"),
}
