// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var statusIsText = Mutant{
	Name: "status-is-text", Breaks: spec.FRM29,
	Does: "the status of a reply is a string",
	Codec: envelope(func(reply object) {
		reply["headers"] = object{"status": "201 Created"}
	}),
}
