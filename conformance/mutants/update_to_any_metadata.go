// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var updateToAnyMetadata = Mutant{
	Name: "update-to-any-metadata", Breaks: spec.QUE49,
	Does: "queue_update says that it made metadata which no queue can have",
	API:  missing(statusBadRequest, statusOK, object{}, "queue_update"),
}
