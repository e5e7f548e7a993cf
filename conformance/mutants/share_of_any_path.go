// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var shareOfAnyPath = Mutant{
	Name: "share-of-any-path", Breaks: spec.AUT68,
	Does:  "queue_share signs any paths",
	Codec: accepting(rejected{"queue_share", "body.paths[]", []string{"enum"}}, func(object) {}),
}
