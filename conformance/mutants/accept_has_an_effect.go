// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var acceptHasAnEffect = Mutant{
	Name: "accept-has-an-effect", Breaks: spec.FRM64,
	Does: "a request whose header Accept is not application/json is refused",
	Codec: choosy(func(req *wire.Request, _ wire.Format, _ []byte) bool {
		headers, _ := valueOf(req.Echo.Headers).(object)
		accept, is := headers["Accept"]
		return is && accept != "application/json"
	}),
}
