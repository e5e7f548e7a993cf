// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var statsOfNoQueue = Mutant{
	Name: "stats-of-no-queue", Breaks: spec.QUE32, Fact: "F291",
	Does: "queue_get_stats answers with status 200 and zeros when there is no such queue",
	API:  missing(statusNotFound, statusOK, object{"messages": object{"free": 0, "claimed": 0, "total": 0}}, "queue_get_stats"),
}
