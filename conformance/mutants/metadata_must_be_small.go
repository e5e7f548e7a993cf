// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var metadataMustBeSmall = Mutant{
	Name: "metadata-must-be-small", Breaks: spec.QUE9,
	Does: "queue_create refuses metadata of the full size",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return len(rawOf(body["metadata"])) > 65536-10
	}, "queue_create"),
}
