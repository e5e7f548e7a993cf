// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var metadataOfAnyType = Mutant{
	Name: "metadata-of-any-type", Breaks: spec.QUE7,
	Does:  "queue_create accepts metadata that is no map, and takes it for an empty one",
	Codec: accepting(rejected{"queue_create", "body.metadata", []string{ruleType}}, func(body object) { delete(body, "metadata") }),
}
