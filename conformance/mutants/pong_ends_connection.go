// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"io"

	"github.com/zaqarwire/zaqarwire/spec"
)

var pongEndsConnection = Mutant{
	Name: "pong-ends-connection", Breaks: spec.FRM74,
	Does: "a pong that answers no ping ends the connection",
	Front: tapping(func() func(*rawFrame) error {
		return func(f *rawFrame) error {
			if f.opcode() == opPong {
				return io.EOF
			}
			return nil
		}
	}),
}
