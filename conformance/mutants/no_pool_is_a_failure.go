// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var noPoolIsAFailure = Mutant{
	Name: "no-pool-is-a-failure", Breaks: spec.POL35, Fact: "F333",
	Does: "queue_create answers with status 500 when there is no pool for the queue",
	API:  status(statusUnavailable, statusInternal, "queue_create"),
}
