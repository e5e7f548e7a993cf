// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// answer turns one frame into its one reply. What breaks on the way is ours, not
// the client's: it is logged in full and answered with 500. False means that not
// even that could be written.
func (c *connection) answer(ctx context.Context, f wire.Format, frame []byte) (reply []byte, ok bool) {
	req := &wire.Request{} // unless decoding succeeds, the echo is that of an unreadable frame
	var resp *wire.Response
	reply, err := caught(func() ([]byte, error) {
		req = c.o.Codec.Decode(f, frame)
		resp = c.o.API.Do(ctx, &c.session, req)
		return c.o.Codec.Encode(f, resp)
	})
	if err != nil {
		c.log.ErrorContext(ctx, "request failed", "action", req.Action, "err", err)
		resp = unexpected(req.Echo)
		reply, err = caught(func() ([]byte, error) { return c.o.Codec.Encode(f, resp) })
	}
	if err != nil {
		c.log.ErrorContext(ctx, "request cannot be answered", "action", req.Action, "err", err)
		return nil, false
	}
	c.log.DebugContext(ctx, "answered", "action", req.Action, "format", f.String(), "status", resp.Status)
	return reply, true
}

// caught does what makes a frame, with a panic as an error.
func caught(do func() ([]byte, error)) (frame []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}

// unexpected says that the server failed, and no more than that (FRM-22, FRM-37).
func unexpected(echo wire.Echo) *wire.Response {
	text := "The server failed on this request; it has been logged."
	return &wire.Response{Status: http.StatusInternalServerError, Body: &wire.Fault{Error: &text}, Echo: echo}
}
