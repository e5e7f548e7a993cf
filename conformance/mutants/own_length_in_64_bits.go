// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var ownLengthIn64Bits = Mutant{
	Name: "own-length-in-64-bits", Breaks: spec.FRM73,
	Does: "the length of a reply of 32768 to 65535 bytes is written in 64 bits",
	Front: sending(func(f *rawFrame) {
		if len(f.payload) >= 1<<15 {
			f.size = 127
		}
	}),
}
