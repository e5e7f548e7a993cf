// SPDX-License-Identifier: Apache-2.0

package mutants

import "github.com/zaqarwire/zaqarwire/spec"

var continuationOfNothingIgnored = Mutant{
	Name: "continuation-of-nothing-ignored", Breaks: spec.FRM15,
	Does: "a continuation of no message is passed over",
	Front: tapping(func() func(*rawFrame) error {
		open := false
		return func(f *rawFrame) error {
			switch op := f.opcode(); {
			case op == opContinuation && !open:
				f.ignored()
			case op < opClose:
				open = !f.final()
			}
			return nil
		}
	}),
}
