// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var unmaskedFramesAccepted = Mutant{
	Name: "unmasked-frames-accepted", Breaks: spec.FRM15,
	Does:  "a frame without a mask is read like one with it",
	Front: editing(func(f *rawFrame) { f.masked = true }),
}
