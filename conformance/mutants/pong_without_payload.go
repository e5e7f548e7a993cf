// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var pongWithoutPayload = Mutant{
	Name: "pong-without-payload", Breaks: spec.FRM11,
	Does: "the pong to a ping has no payload",
	Front: editing(func(f *rawFrame) {
		if f.opcode() == opPing {
			f.carry(nil)
		}
	}),
}
