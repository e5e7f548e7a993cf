// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var reservedOpcodesIgnored = Mutant{
	Name: "reserved-opcodes-ignored", Breaks: spec.FRM15,
	Does: "a frame with a reserved opcode is passed over",
	Front: editing(func(f *rawFrame) {
		if op := f.opcode(); op > opBinary && op < opClose || op > opPong {
			f.ignored()
		}
	}),
}
