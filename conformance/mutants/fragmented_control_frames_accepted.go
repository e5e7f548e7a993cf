// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var fragmentedControlFramesAccepted = Mutant{
	Name: "fragmented-control-frames-accepted", Breaks: spec.FRM15,
	Does: "of a ping or a pong in fragments the first is taken for all of it",
	Front: tapping(func() func(*rawFrame) error {
		pending := false
		return func(f *rawFrame) error {
			switch {
			case pending && f.opcode() == opContinuation:
				pending = !f.final()
				f.ignored()
			case !f.final() && (f.opcode() == opPing || f.opcode() == opPong):
				pending = true
				f.head |= fin
			}
			return nil
		}
	}),
}
