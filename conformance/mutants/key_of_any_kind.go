// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"encoding/hex"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var keyOfAnyKind = Mutant{
	Name: "key-of-any-kind", Breaks: spec.FRM47,
	Does: "a key of a map that is no string is read as the hexadecimal digits of its bytes",
	Codec: repairing(wire.MsgPack, func(frame []byte) []byte {
		return retoken(frame, func(t token) []byte {
			if !t.key || isString(t.raw[0]) {
				return t.raw
			}
			return msgp.AppendString(nil, hex.EncodeToString(t.raw))
		})
	}),
}
