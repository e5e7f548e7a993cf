// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var manyRefusalsClose = Mutant{
	Name: "many-refusals-close", Breaks: spec.FRM42,
	Does: "a connection is closed at the ninetieth refused request",
	Conn: func(next ws.Conn) ws.Conn { return &patient{Conn: next, left: 90} },
}

type patient struct {
	ws.Conn

	left int
}

func (c *patient) Write(ctx context.Context, kind websocket.MessageType, frame []byte) error {
	if bytes.HasSuffix(frame, []byte(`{"status":400}}`)) || bytes.HasSuffix(frame, []byte("status\xcd\x01\x90")) {
		c.left--
	}
	if c.left == 0 {
		return c.Close(websocket.StatusPolicyViolation, "enough")
	}
	return c.Conn.Write(ctx, kind, frame)
}
