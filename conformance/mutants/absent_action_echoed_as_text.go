// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var absentActionEchoedAsText = Mutant{
	Name: "absent-action-echoed-as-text", Breaks: spec.FRM31,
	Does: "a request without an action is echoed with an empty string for it",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		if req.Echo.Action.IsZero() && !unreadable(req.Echo) {
			resp.Echo.Action = rawOf("")
		}
	}),
}
