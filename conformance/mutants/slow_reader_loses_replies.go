// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var slowReaderLosesReplies = Mutant{
	Name: "slow-reader-loses-replies", Breaks: spec.FRM25,
	Does: "a connection that was sent 4 MiB gets no reply of more than 64 KiB any more",
	Conn: func(next ws.Conn) ws.Conn { return &sparing{Conn: next} },
}

type sparing struct {
	ws.Conn

	sent int
}

func (c *sparing) Write(ctx context.Context, kind websocket.MessageType, frame []byte) error {
	c.sent += len(frame)
	if c.sent > 4<<20 && len(frame) > 64<<10 {
		return nil
	}
	return c.Conn.Write(ctx, kind, frame)
}
