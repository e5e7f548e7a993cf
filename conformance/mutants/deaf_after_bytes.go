// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deafAfterBytes = Mutant{
	Name: "deaf-after-bytes", Breaks: spec.FRM25,
	Does: "a binary request that holds bytes or an extension is never answered, nor is what follows",
	Conn: deafAfter(func(f wire.Format, frame []byte) bool {
		req := new(wire.Door).Decode(f, frame)
		return req.Refusal != nil && req.Refusal.Rule == "foreign"
	}),
}
