// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deafAfterDeepMessage = Mutant{
	Name: "deaf-after-deep-message", Breaks: spec.FRM25, Fact: "F258",
	Does: "a binary request nested more than 510 deep is never answered, nor is what follows",
	Conn: deafAfter(func(f wire.Format, frame []byte) bool {
		deep := wire.Door{Limits: wire.Limits{MaxDepth: 510}}
		req := deep.Decode(f, frame)
		return f == wire.MsgPack && req.Refusal != nil && req.Refusal.Rule == "depth"
	}),
}
