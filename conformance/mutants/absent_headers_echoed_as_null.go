// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var absentHeadersEchoedAsNull = Mutant{
	Name: "absent-headers-echoed-as-null", Breaks: spec.FRM31,
	Does: "a request without headers, or with null for them, is echoed with the headers null",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		if req.Echo.Headers.IsZero() && !unreadable(req.Echo) {
			resp.Echo.Headers = rawOf(nil)
		}
	}),
}
