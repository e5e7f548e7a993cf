// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var highestBitOfLengthIgnored = Mutant{
	Name: "highest-bit-of-length-ignored", Breaks: spec.FRM15,
	Does: "the highest bit of a length of 64 bits is passed over",
	Front: editing(func(f *rawFrame) {
		if f.top {
			f.carry(f.payload)
		}
	}),
}
