// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strconv"

	"github.com/zaqarwire/zaqarwire/spec"
)

var shortFloatsAreRounded = Mutant{
	Name: "short-floats-are-rounded", Breaks: spec.MSG10,
	Does: "a float of four bytes in a body comes back as the decimal fraction that it looks like",
	Store: storing(func(v any) any {
		if f, is := v.(float32); is {
			rounded, _ := strconv.ParseFloat(strconv.FormatFloat(float64(f), 'g', -1, 32), 64)
			return rounded
		}
		return v
	}),
}
