// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var longControlFramesAccepted = Mutant{
	Name: "long-control-frames-accepted", Breaks: spec.FRM15,
	Does: "a ping or a pong may be longer than 125 bytes, and is cut there",
	Front: editing(func(f *rawFrame) {
		if op := f.opcode(); (op == opPing || op == opPong) && len(f.payload) > 125 {
			f.carry(f.payload[:125])
		}
	}),
}
