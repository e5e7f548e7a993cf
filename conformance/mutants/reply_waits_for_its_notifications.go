// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var replyWaitsForItsNotifications = Mutant{
	Name: "reply-waits-for-its-notifications", Breaks: spec.SUB47,
	Does: "a reply is held back until a notification has gone before it, or a moment is over",
	Conn: func(next ws.Conn) ws.Conn { return &polite{Conn: next} },
}

type polite struct {
	ws.Conn

	mu   sync.Mutex
	held func() error
}

func (c *polite) Write(ctx context.Context, kind websocket.MessageType, frame []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	write := func() error { return c.Conn.Write(ctx, kind, frame) }
	if bytes.Contains(frame, []byte("message_post")) && c.held == nil {
		c.held = write
		time.AfterFunc(20*time.Millisecond, c.release)
		return nil
	}
	err := write()
	if c.held != nil {
		err = errors.Join(err, c.held())
		c.held = nil
	}
	return err
}

func (c *polite) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held != nil {
		_ = c.held()
		c.held = nil
	}
}
