// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var pingUnanswered = Mutant{
	Name: "ping-unanswered", Breaks: spec.FRM11,
	Does: "pings are read and not answered",
	Front: editing(func(f *rawFrame) {
		if f.opcode() == opPing {
			f.ignored()
		}
	}),
}
