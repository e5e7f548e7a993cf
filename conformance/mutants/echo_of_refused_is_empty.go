// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var echoOfRefusedIsEmpty = Mutant{
	Name: "echo-of-refused-is-empty", Breaks: spec.FRM30,
	Does: "the echo of a refused request has no body",
	API: replying(func(req *wire.Request, resp *wire.Response) {
		if req.Refusal != nil {
			resp.Echo.Body = nil
		}
	}),
}
