// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"io"

	"github.com/zaqarwire/zaqarwire/spec"
)

var closeFrameUnanswered = Mutant{
	Name: "close-frame-unanswered", Breaks: spec.FRM13,
	Does: "a close frame ends TCP, and is not answered by one",
	Front: tapping(func() func(*rawFrame) error {
		return func(f *rawFrame) error {
			if f.opcode() == opClose {
				return io.EOF
			}
			return nil
		}
	}),
}
