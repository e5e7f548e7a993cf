// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueCreateSaysOk = Mutant{
	Name: "queue-create-says-ok", Breaks: spec.QUE5,
	Does: "queue_create answers with status 200 when it made a queue",
	API:  status(statusCreated, statusOK, "queue_create"),
}
