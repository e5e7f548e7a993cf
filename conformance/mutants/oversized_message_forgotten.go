// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var oversizedMessageForgotten = Mutant{
	Name: "oversized-message-forgotten", Breaks: spec.FRM16,
	Does: "a message longer than max_frame is read, and neither answered nor refused",
	Conn: func(next ws.Conn) ws.Conn {
		if c, ok := next.(*websocket.Conn); ok {
			c.SetReadLimit(-1)
		}
		return (&deaf{Conn: next, bad: func(_ wire.Format, frame []byte) bool {
			return int64(len(frame)) > wire.Limits{}.WithDefaults().MaxFrame
		}})
	},
}
