// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/coder/websocket"
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// talk is one conversation over a WebSocket.
type talk struct {
	kind websocket.MessageType
	conn *websocket.Conn
}

func (t *talk) dial(ctx context.Context, m *meter, f wire.Format) error {
	t.kind = websocket.MessageText
	if f == wire.MsgPack {
		t.kind = websocket.MessageBinary
	}
	var err error
	t.conn, _, err = websocket.Dial(ctx, "ws://"+m.Addr().String(), nil) //nolint:bodyclose // after a handshake there is none
	if err != nil {
		return fmt.Errorf("dial: %w", err)
	}
	return nil
}

func (t *talk) close() {
	if t.conn != nil {
		t.conn.CloseNow()
	}
}

// ask sends a request and waits for its reply.
func (t *talk) ask(ctx context.Context, frame []byte) error {
	if err := t.conn.Write(ctx, t.kind, frame); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	return t.read(ctx, "status")
}

// read waits for a frame that holds a word.
func (t *talk) read(ctx context.Context, word string) error {
	_, frame, err := t.conn.Read(ctx)
	if err != nil {
		return fmt.Errorf("receive: %w", err)
	}
	if !strings.Contains(string(frame), word) {
		return fmt.Errorf("came %q, without %q", frame, word)
	}
	return nil
}

// request is a frame with the headers of the examples.
func request(f wire.Format, action, body string) []byte {
	text := fmt.Appendf(nil, `{"action":%q,"headers":%s,"body":%s}`, action, compact(schema.Model().Envelope.ExampleHeaders), body)
	if f == wire.JSON {
		return text
	}
	e := new(wire.Door).Decode(wire.JSON, text).Echo
	b := msgp.AppendMapHeader(nil, 3)
	for key, v := range map[string]wire.Raw{"action": e.Action, "headers": e.Headers, "body": e.Body} {
		b = append(msgp.AppendString(b, key), v...)
	}
	return b
}
