// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var controlCharactersUnescaped = Mutant{
	Name: "control-characters-unescaped", Breaks: spec.FRM28,
	Does: "a tab in a string is not escaped in a text reply",
	Codec: func(next ws.Codec) ws.Codec {
		return codec{Codec: next, encode: func(f wire.Format, r *wire.Response) ([]byte, error) {
			frame, err := next.Encode(f, r)
			if f == wire.JSON {
				frame = bytes.ReplaceAll(frame, []byte(`\t`), []byte("\t"))
			}
			return frame, err
		}}
	},
}
