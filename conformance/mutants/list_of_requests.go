// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var listOfRequests = Mutant{
	Name: "list-of-requests", Breaks: spec.FRM45,
	Does: "a list of one request is answered as that request",
	Codec: func(next ws.Codec) ws.Codec {
		return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
			switch {
			case f == wire.JSON && bytes.HasPrefix(frame, []byte("[{")):
				frame = bytes.Trim(frame, "[]")
			case f == wire.MsgPack && bytes.HasPrefix(frame, []byte{0x91, 0x83}):
				frame = frame[1:]
			}
			return next.Decode(f, frame)
		}}
	},
}
