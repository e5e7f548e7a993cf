// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/spec"
)

var messageThatIsNoMapBreaks = Mutant{
	Name: "message-that-is-no-map-breaks", Breaks: spec.MSG5, Fact: "F278",
	Does: "message_post answers with status 500 a message that is no map",
	API:  failingOn(rejected{"message_post", "body.messages[]", []string{ruleType}}),
}
