// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"maps"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var metadataLosesNulls = Mutant{
	Name: "metadata-loses-nulls", Breaks: spec.QUE14,
	Does: "queue_get leaves out the keys of metadata whose value is null",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		maps.DeleteFunc(body, func(_ string, v any) bool { return v == nil })
		return body
	}, "queue_get"),
}
