// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deepestMessageRefused = Mutant{
	Name: "deepest-message-refused", Breaks: spec.FRM51,
	Does: "a request that is exactly max_depth deep is refused",
	Codec: choosy(func(_ *wire.Request, f wire.Format, frame []byte) bool {
		door := wire.Door{Limits: wire.Limits{MaxDepth: wire.Limits{}.WithDefaults().MaxDepth - 1}}
		req := door.Decode(f, frame)
		return req.Refusal != nil && req.Refusal.Rule == "depth"
	}),
}
