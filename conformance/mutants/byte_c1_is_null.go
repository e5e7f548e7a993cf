// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var byteC1IsNull = Mutant{
	Name: "byte-c1-is-null", Breaks: spec.FRM44,
	Does: "the byte 0xc1 is read as null",
	Codec: repairing(wire.MsgPack, func(frame []byte) []byte {
		return retoken(frame, func(t token) []byte {
			if t.raw[0] == 0xc1 {
				return []byte{0xc0}
			}
			return t.raw
		})
	}),
}
