// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var nameEndsInALineFeed = Mutant{
	Name: "name-ends-in-a-line-feed", Breaks: spec.QUE2, Fact: "F284",
	Does:  "queue_create accepts one line feed at the end of a name, as a regular expression with $ does",
	Codec: lineFeeding("queue_create"),
}
