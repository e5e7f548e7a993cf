// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var poolCreateSaysOk = Mutant{
	Name: "pool-create-says-ok", Breaks: spec.POL1,
	Does: "pool_create answers with status 200 when it has made the pool",
	API:  status(statusCreated, statusOK, "pool_create"),
}
