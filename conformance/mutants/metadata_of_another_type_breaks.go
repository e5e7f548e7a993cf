// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var metadataOfAnotherTypeBreaks = Mutant{
	Name: "metadata-of-another-type-breaks", Breaks: spec.QUE7, Fact: "F281",
	Does: "queue_create answers with status 500 metadata that is no map",
	API:  failingOn(rejected{"queue_create", "body.metadata", []string{ruleType}}),
}
