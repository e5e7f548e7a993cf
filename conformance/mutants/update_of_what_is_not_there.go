// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateOfWhatIsNotThere = Mutant{
	Name: "update-of-what-is-not-there", Breaks: spec.QUE48,
	Does: "queue_update passes over what is not there",
	API:  missing(statusConflict, statusOK, object{}, "queue_update"),
}
