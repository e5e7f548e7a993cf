// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var largestQueuePageIsRefused = Mutant{
	Name: "largest-queue-page-is-refused", Breaks: spec.QUE18,
	Does: "queue_list refuses the largest limit that there may be",
	API:  refusing(statusBadRequest, func(_ *wire.Request, body object) bool { return body["limit"] == int64(20) }, "queue_list"),
}
