// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var postToALineFeed = Mutant{
	Name: "post-to-a-line-feed", Breaks: spec.MSG16, Fact: "F284",
	Does:  "message_post accepts one line feed at the end of a name, as a regular expression with $ does",
	Codec: lineFeeding("message_post"),
}
