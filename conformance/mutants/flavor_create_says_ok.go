// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var flavorCreateSaysOk = Mutant{
	Name: "flavor-create-says-ok", Breaks: spec.POL22,
	Does: "flavor_create answers with status 200 when it has made the flavor",
	API:  status(statusCreated, statusOK, "flavor_create"),
}
