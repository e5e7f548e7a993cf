// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var getOfNoQueueIsEmpty = Mutant{
	Name: "get-of-no-queue-is-empty", Breaks: spec.QUE16, Fact: "F290",
	Does: "queue_get answers with status 200 and an empty map when there is no such queue",
	API:  missing(statusNotFound, statusOK, object{}, "queue_get"),
}
