// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

var laterRequestFirst = Mutant{
	Name: "later-request-first", Breaks: spec.FRM26,
	Does: "of two requests that wait, the later one is answered first",
	Conn: func(next ws.Conn) ws.Conn { return &impatient{Conn: next} },
}

type impatient struct {
	ws.Conn

	in   chan received
	held *received
}

// received is what a read returned.
type received struct {
	kind  websocket.MessageType
	frame []byte
	err   error
}

func (c *impatient) Read(ctx context.Context) (websocket.MessageType, []byte, error) {
	if c.in == nil {
		c.in = make(chan received, 1000)
		go c.readAhead(ctx)
	}
	if r := c.held; r != nil {
		c.held = nil
		return r.kind, r.frame, r.err
	}
	first := <-c.in
	select {
	case second := <-c.in:
		if second.err == nil {
			first, second = second, first
		}
		c.held = &second
	default:
	}
	return first.kind, first.frame, first.err
}

func (c *impatient) readAhead(ctx context.Context) {
	for {
		kind, frame, err := c.Conn.Read(ctx)
		c.in <- received{kind, frame, err}
		if err != nil {
			return
		}
	}
}
