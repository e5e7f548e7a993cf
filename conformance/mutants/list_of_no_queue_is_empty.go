// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var listOfNoQueueIsEmpty = Mutant{
	Name: "list-of-no-queue-is-empty", Breaks: spec.MSG24,
	Does: "message_list answers with status 200 and an empty list when there is no such queue",
	API:  missing(statusNotFound, statusOK, object{"messages": []any{}, "marker": ""}, "message_list"),
}
