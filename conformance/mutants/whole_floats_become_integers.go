// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"math"

	"github.com/zaqarwire/zaqarwire/spec"
)

var wholeFloatsBecomeIntegers = Mutant{
	Name: "whole-floats-become-integers", Breaks: spec.MSG10,
	Does: "a float in a body that is a whole number comes back as an integer",
	Store: storing(func(v any) any {
		if f, is := v.(float64); is && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return int64(f)
		}
		return v
	}),
}
