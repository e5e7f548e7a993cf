// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var queueCreateAgainSaysCreated = Mutant{
	Name: "queue-create-again-says-created", Breaks: spec.QUE6,
	Does: "queue_create answers with status 201 also when the queue exists",
	API:  status(statusNoContent, statusCreated, "queue_create"),
}
