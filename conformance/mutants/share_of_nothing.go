// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var shareOfNothing = Mutant{
	Name: "share-of-nothing", Breaks: spec.AUT68,
	Does:  "queue_share takes an empty list for an absent one",
	Codec: accepting(rejected{"queue_share", "body.paths", []string{ruleMinItems}}, func(body object) { delete(body, "paths") }),
}
