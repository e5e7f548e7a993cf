// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var statsOfMissingQueue = Mutant{
	Name: "stats-of-missing-queue", Breaks: spec.FRM35, Fact: "F291",
	Does: "the reply to queue_get_stats of a missing queue has status 404 and the counts of an empty one",
	API: bodies(statusNotFound, func(*wire.Request, object) any {
		return object{"messages": object{"claimed": 0, "free": 0, "total": 0}}
	}, "queue_get_stats"),
}
