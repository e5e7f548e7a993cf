// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net"

	"github.com/zaqarwire/zaqarwire/spec"
)

var closeAmidstMessageUnanswered = Mutant{
	Name: "close-amidst-message-unanswered", Breaks: spec.FRM13,
	Does: "a close frame between the fragments of a message ends TCP, and is not answered by one",
	Front: tapping(func() func(*rawFrame) error {
		open := false
		return func(f *rawFrame) error {
			if f.opcode() == opClose && open {
				return net.ErrClosed
			}
			if f.opcode() < opClose {
				open = !f.final()
			}
			return nil
		}
	}),
}
