// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var retryDelaysTooClose = Mutant{
	Name: "retry-delays-too-close", Breaks: spec.QUE44,
	Does: "queue_create takes any delays in a _retry_policy",
	API:  requesting(func(_ *wire.Request, body object) { delete(metadataOf(body), "_retry_policy") }, "queue_create"),
}
