// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var replyWaitsForItsNotifications = Mutant{
	Name: "reply-waits-for-its-notifications", Breaks: spec.SUB47,
	Does: "a reply is held back until a notification has gone before it, or a moment is over",
	Conn: func(next ws.Conn) ws.Conn { return &polite{Conn: next, wait: 20 * time.Millisecond} },
}

type polite struct {
	ws.Conn

	wait time.Duration
	mu   sync.Mutex
	held func() error
}

func (c *polite) Write(ctx context.Context, kind websocket.MessageType, frame []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	reply := bytes.Contains(frame, []byte("request"))
	if reply {
		c.flush()
	}
	write := func() error { return c.Conn.Write(ctx, kind, frame) }
	if reply && bytes.Contains(frame, []byte("message_post")) {
		c.held = write
		time.AfterFunc(c.wait, c.release)
		return nil
	}
	err := write()
	c.flush()
	return err
}

func (c *polite) flush() {
	if c.held != nil {
		_ = c.held() // a connection that has ended is found by the next write
		c.held = nil
	}
}

func (c *polite) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flush()
}
