// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var longestMessageRefused = Mutant{
	Name: "longest-message-refused", Breaks: spec.FRM18,
	Does: "a message of exactly max_frame bytes closes the connection, as if it were longer",
	Conn: func(next ws.Conn) ws.Conn { return oneByteLess{next} },
}

type oneByteLess struct{ ws.Conn }

func (c oneByteLess) Read(ctx context.Context) (websocket.MessageType, []byte, error) {
	kind, frame, err := c.Conn.Read(ctx)
	if err == nil && int64(len(frame)) >= (wire.Limits{}).WithDefaults().MaxFrame {
		return 0, nil, websocket.ErrMessageTooBig
	}
	return kind, frame, err
}
