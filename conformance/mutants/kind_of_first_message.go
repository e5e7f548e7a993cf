// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var kindOfFirstMessage = Mutant{
	Name: "kind-of-first-message", Breaks: spec.FRM27,
	Does: "all replies of a connection come in the kind of message that its first request had",
	Conn: func(next ws.Conn) ws.Conn { return &firstKind{Conn: next} },
}

type firstKind struct {
	ws.Conn

	kind websocket.MessageType
}

func (c *firstKind) Write(ctx context.Context, kind websocket.MessageType, frame []byte) error {
	if c.kind == 0 {
		c.kind = kind
	}
	return c.Conn.Write(ctx, c.kind, frame)
}
