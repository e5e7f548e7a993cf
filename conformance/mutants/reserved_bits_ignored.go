// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var reservedBitsIgnored = Mutant{
	Name: "reserved-bits-ignored", Breaks: spec.FRM15,
	Does:  "the reserved bits of a frame are passed over",
	Front: editing(func(f *rawFrame) { f.head &^= reserved }),
}
