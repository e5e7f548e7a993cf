// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var headersThatAreNoMapEchoedAsOne = Mutant{
	Name: "headers-that-are-no-map-echoed-as-one", Breaks: spec.FRM30,
	Does: "headers that are a list or a plain value are echoed as an empty map",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		if _, is := valueOf(req.Echo.Headers).(object); !is {
			resp.Echo.Headers = rawOf(object{})
		}
	}),
}
