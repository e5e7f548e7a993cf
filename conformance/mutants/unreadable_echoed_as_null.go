// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unreadableEchoedAsNull = Mutant{
	Name: "unreadable-echoed-as-null", Breaks: spec.FRM34,
	Does: "the reply to a message that cannot be decoded, or is no map, has null for body and headers of the request",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		if unreadable(req.Echo) {
			resp.Echo.Body, resp.Echo.Headers = rawOf(nil), rawOf(nil)
		}
	}),
}
