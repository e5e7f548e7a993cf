// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var fragmentedControlFramesAccepted = Mutant{
	Name: "fragmented-control-frames-accepted", Breaks: spec.FRM15,
	Does: "of a ping or a pong in fragments the first is taken for all of it",
	Front: heading(func(f *rawFrame) bool {
		begins := !f.final() && (f.opcode() == opPing || f.opcode() == opPong)
		if begins {
			f.head |= fin
		}
		return begins
	}),
}
