// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"math"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var echoOfFloatsAsIntegers = Mutant{
	Name: "echo-of-floats-as-integers", Breaks: spec.FRM30,
	Does: "a float without a fraction comes back as an integer",
	API: replying(func(_ *wire.Request, resp *wire.Response) {
		if body, ok := valueOf(resp.Echo.Body).(object); ok && len(body) > 0 {
			resp.Echo.Body = rawOf(wholes(body))
		}
	}),
}

// wholes is a value with integers for the floats that have no fraction.
func wholes(v any) any {
	return eachLeaf(v, func(v any) any {
		if f, ok := v.(float64); ok && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return int64(f)
		}
		return v
	})
}
