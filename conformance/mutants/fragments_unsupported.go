// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"io"

	"github.com/zaqarwire/zaqarwire/spec"
)

var fragmentsUnsupported = Mutant{
	Name: "fragments-unsupported", Breaks: spec.FRM10,
	Does: "a message in fragments ends the connection",
	Front: tapping(func() func(*rawFrame) error {
		return func(f *rawFrame) error {
			if !f.final() {
				return io.EOF
			}
			return nil
		}
	}),
}
