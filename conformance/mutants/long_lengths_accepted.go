// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var longLengthsAccepted = Mutant{
	Name: "long-lengths-accepted", Breaks: spec.FRM15,
	Does: "the length of a frame may be written in more bytes than it needs",
	Front: editing(func(f *rawFrame) {
		if !f.top {
			f.carry(f.payload)
		}
	}),
}
