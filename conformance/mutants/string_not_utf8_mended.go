// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"
	"unicode/utf8"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var stringNotUTF8Mended = Mutant{
	Name: "string-not-utf8-mended", Breaks: spec.FRM46,
	Does: "a string that is not UTF-8 is read with a hyphen in the place of what is not",
	Codec: repairing(wire.MsgPack, func(frame []byte) []byte {
		return retoken(frame, func(t token) []byte {
			text, _, err := msgp.ReadStringBytes(t.raw)
			if err != nil || utf8.ValidString(text) {
				return t.raw
			}
			return msgp.AppendString(nil, strings.ToValidUTF8(text, "-"))
		})
	}),
}
