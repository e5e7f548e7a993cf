// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var firstFragmentIsAll = Mutant{
	Name: "first-fragment-is-all", Breaks: spec.FRM10,
	Does: "of a message in fragments the first is taken for the message, and the others are passed over",
	Front: editing(func(f *rawFrame) {
		switch {
		case f.opcode() == opContinuation:
			f.ignored()
		case !f.final():
			f.head |= fin
		}
	}),
}
