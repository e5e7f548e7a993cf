// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var messageWithinAnotherJoined = Mutant{
	Name: "message-within-another-joined", Breaks: spec.FRM15,
	Does: "a message that begins within the fragments of another is taken for one of them",
	Front: amidst(func(f *rawFrame, open bool) {
		if op := f.opcode(); open && (op == opText || op == opBinary) {
			f.head &= fin | reserved
		}
	}),
}
