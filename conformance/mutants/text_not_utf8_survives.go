// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var textNotUTF8Survives = Mutant{
	Name: "text-not-utf8-survives", Breaks: spec.FRM14,
	Does: "text that is not UTF-8 is read with U+FFFD in the place of what is not",
	Conn: func(next ws.Conn) ws.Conn { return anyText{next} },
}

type anyText struct{ ws.Conn }

func (c anyText) Read(ctx context.Context) (websocket.MessageType, []byte, error) {
	kind, frame, err := c.Conn.Read(ctx)
	if kind == websocket.MessageText {
		frame = bytes.ToValidUTF8(frame, []byte("\ufffd"))
	}
	return kind, frame, err
}
