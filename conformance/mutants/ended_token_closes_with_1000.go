// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var endedTokenClosesWith1000 = Mutant{
	Name: "ended-token-closes-with-1000", Breaks: spec.AUT19,
	Does: "a connection whose token has ended is closed with status 1000",
	Conn: func(next ws.Conn) ws.Conn { return normally{next} },
}

type normally struct{ ws.Conn }

func (c normally) Close(code websocket.StatusCode, reason string) error {
	if code == tokenEnded {
		code = websocket.StatusNormalClosure
	}
	return c.Conn.Close(code, reason)
}
