// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var replyOfOtherKind = Mutant{
	Name: "reply-of-other-kind", Breaks: spec.FRM27,
	Does: "a reply in MessagePack comes in a text message",
	Conn: func(next ws.Conn) ws.Conn { return allText{next} },
}

type allText struct{ ws.Conn }

func (c allText) Write(ctx context.Context, _ websocket.MessageType, frame []byte) error {
	return c.Conn.Write(ctx, websocket.MessageText, frame)
}
