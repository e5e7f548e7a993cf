// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// answer turns one frame into its one reply. What breaks on the way is ours, not
// the client's: it is logged in full and answered with 500. False means that not
// even that could be written.
func (c *connection) answer(ctx context.Context, f wire.Format, frame []byte) (reply []byte, ok bool) {
	var start time.Time
	debugging := c.log.Enabled(ctx, slog.LevelDebug)
	if debugging {
		start = time.Now()
	}
	req, resp := c.do(ctx, f, frame)
	reply, err := c.encode(f, resp)
	if err != nil {
		c.log.ErrorContext(ctx, "reply cannot be written", "action", req.Action, "err", err)
		resp = unexpected(req.Echo)
		reply, err = c.encode(f, resp)
	}
	if err != nil {
		c.log.ErrorContext(ctx, "request cannot be answered", "action", req.Action, "err", err)
		return nil, false
	}
	if debugging {
		c.log.DebugContext(ctx, "answered", "action", req.Action, "format", f.String(), "status", resp.Status, "took", time.Since(start))
	}
	return reply, true
}

// do decodes a frame and has it answered.
func (c *connection) do(ctx context.Context, f wire.Format, frame []byte) (req *wire.Request, resp *wire.Response) {
	req = &wire.Request{} // unless decoding succeeds, the echo is that of an unreadable frame
	defer func() {
		if p := recover(); p != nil {
			c.panicked(ctx, req, p)
			resp = unexpected(req.Echo)
		}
	}()
	req = c.o.Codec.Decode(f, frame)
	resp = c.o.API.Do(ctx, &c.session, req)
	if resp == nil {
		c.log.ErrorContext(ctx, "the API returned no response", "action", req.Action)
		resp = unexpected(req.Echo)
	}
	return req, resp
}

// encode is the codec's, with a panic as an error.
func (c *connection) encode(f wire.Format, resp *wire.Response) (reply []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return c.o.Codec.Encode(f, resp)
}

func (c *connection) panicked(ctx context.Context, req *wire.Request, p any) {
	c.log.ErrorContext(ctx, "request panicked", "action", req.Action, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
}

// unexpected says that the server failed, and no more than that (FRM-22, FRM-37).
func unexpected(echo wire.Echo) *wire.Response {
	text := "The server failed on this request; it has been logged."
	return &wire.Response{Status: http.StatusInternalServerError, Body: &wire.Fault{Error: &text}, Echo: echo}
}
