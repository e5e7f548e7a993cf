// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var absentBodyEchoedAsNull = Mutant{
	Name: "absent-body-echoed-as-null", Breaks: spec.FRM31,
	Does: "a request without a body is echoed with the body null",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		if req.Echo.Body.IsZero() && !unreadable(req.Echo) {
			resp.Echo.Body = rawOf(nil)
		}
	}),
}
