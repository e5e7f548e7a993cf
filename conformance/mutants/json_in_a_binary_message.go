// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var jsonInABinaryMessage = Mutant{
	Name: "json-in-a-binary-message", Breaks: spec.FRM44,
	Does: "a binary message that holds JSON is read as such",
	Codec: func(next ws.Codec) ws.Codec {
		return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
			if bytes.HasPrefix(frame, []byte("{")) {
				f = wire.JSON
			}
			return next.Decode(f, frame)
		}}
	},
}
