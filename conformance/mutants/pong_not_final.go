// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var pongNotFinal = Mutant{
	Name: "pong-not-final", Breaks: spec.FRM73,
	Does: "a pong is sent as a fragment, and nothing follows it",
	Front: sending(func(f *rawFrame) {
		if f.opcode() == opPong {
			f.head &^= fin
		}
	}),
}
