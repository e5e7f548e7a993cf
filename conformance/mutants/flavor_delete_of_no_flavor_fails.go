// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var flavorDeleteOfNoFlavorFails = Mutant{
	Name: "flavor-delete-of-no-flavor-fails", Breaks: spec.POL26,
	Does:    "flavor_delete answers with status 404 when there is no such flavor",
	Control: func(next store.Control) store.Control { return strictControl{next} },
}
