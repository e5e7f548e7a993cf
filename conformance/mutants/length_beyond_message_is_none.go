// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var lengthBeyondMessageIsNone = Mutant{
	Name: "length-beyond-message-is-none", Breaks: spec.FRM44,
	Does: "what says that it is longer than its message is read as an empty string",
	Codec: repairing(wire.MsgPack, func(frame []byte) []byte {
		return retoken(frame, func(t token) []byte {
			if t.over {
				return []byte{0xa0}
			}
			return t.raw
		})
	}),
}
