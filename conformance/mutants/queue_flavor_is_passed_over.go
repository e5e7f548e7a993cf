// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueFlavorIsPassedOver = Mutant{
	Name: "queue-flavor-is-passed-over", Breaks: spec.POL27,
	Does:  "a new queue lives in a pool of no flavor, whatever its metadata asks for",
	Store: settling(func(_ store.Queue, set *store.Settings) { set.Flavor = "" }),
}
