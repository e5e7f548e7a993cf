// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var noMetadataIsNull = Mutant{
	Name: "no-metadata-is-null", Breaks: spec.QUE14,
	Does: "queue_get answers with null when a queue has no metadata",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		if len(body) == 0 {
			return nil
		}
		return body
	}, "queue_get"),
}
