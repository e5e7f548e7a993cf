// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var oversizedMessageIs413 = Mutant{
	Name: "oversized-message-is-413", Breaks: spec.FRM16,
	Does: "a message longer than max_frame is answered with status 413",
	Conn: func(next ws.Conn) ws.Conn {
		if c, ok := next.(*websocket.Conn); ok {
			c.SetReadLimit(-1)
		}
		return next
	},
	Codec: func(next ws.Codec) ws.Codec {
		return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
			if int64(len(frame)) > (wire.Limits{}).WithDefaults().MaxFrame {
				return &wire.Request{Refusal: &wire.Refusal{Rule: "max_frame", Text: "is too long"}}
			}
			return next.Decode(f, frame)
		}}
	},
	API: refusedWith(413, func(r *wire.Refusal, _ wire.Echo) bool { return r.Rule == "max_frame" }),
}
