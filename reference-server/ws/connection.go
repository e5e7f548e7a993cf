// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"unicode/utf8"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// connection is one client's connection.
type connection struct {
	o       *Options
	conn    Conn
	socket  *socket
	cancel  context.CancelFunc // ends what the API does for this client
	log     *slog.Logger
	session api.Session

	// turn is held while a request is answered and while a notification is written.
	turn   sync.Mutex
	outbox *outbox

	mu        sync.Mutex
	answering bool      // a request was read, its reply is not yet written
	farewell  *farewell // why the connection is to end; nil while it is not
}

// farewell is how a connection ends.
type farewell struct {
	code   websocket.StatusCode
	reason string
}

// away is that of a server that goes.
var away = &farewell{websocket.StatusGoingAway, "the server is shutting down"}

// serve reads, answers and writes until the connection ends.
func (c *connection) serve(ctx context.Context) {
	c.log.InfoContext(ctx, "connection opened")
	var sending sync.WaitGroup
	sending.Go(func() { c.send(ctx) })
	defer func() {
		c.cancel()
		_ = c.conn.CloseNow() // most often it is closed already
		sending.Wait()
		c.o.API.Leave(context.WithoutCancel(ctx), &c.session)
		c.log.InfoContext(ctx, "connection ended")
	}()
	for c.next(ctx) {
	}
}

// next serves one request. It returns false when it was the last one.
func (c *connection) next(ctx context.Context) bool {
	// The socket keeps the time, at a fraction of what the library spends on a
	// context that can end.
	unbounded := context.WithoutCancel(ctx)
	kind, bytes, err := c.conn.Read(unbounded)
	if err != nil {
		c.readFailed(ctx, err)
		return false
	}
	if kind == websocket.MessageText && !utf8.Valid(bytes) {
		c.close(websocket.StatusInvalidFramePayloadData, "a text message is not UTF-8")
		return false
	}
	c.turn.Lock() // the reply goes before the notifications that the request gives rise to (SUB-47)
	defer c.turn.Unlock()
	if !c.begin() {
		return false
	}
	reply, ok := c.answer(ctx, format(kind), bytes)
	if !ok {
		c.close(websocket.StatusInternalError, "the server cannot answer")
		return false
	}
	if err := c.conn.Write(unbounded, kind, reply); err != nil {
		c.writeFailed(ctx, err)
		return false
	}
	return c.finish()
}

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

// begin tells whether a request that was just read is to be answered.
func (c *connection) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answering = c.farewell == nil
	return c.answering
}

// finish ends what begin began, and closes the connection if it is time to go.
func (c *connection) finish() bool {
	c.mu.Lock()
	c.answering = false
	bye := c.farewell
	c.mu.Unlock()
	if bye != nil {
		c.close(bye.code, bye.reason)
	}
	return bye == nil
}

// leave says how the connection is to end once nothing is being answered; who says so
// first decides. True means that this is now, and the caller's to do.
func (c *connection) leave(bye *farewell) (now bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.farewell != nil {
		return false
	}
	c.farewell = bye
	return !c.answering
}

// close says why, and gives the client CloseTimeout to agree.
func (c *connection) close(code websocket.StatusCode, reason string) {
	c.log.Info("closing", "code", int(code), "why", reason)
	c.socket.end(c.o.CloseTimeout)
	_ = c.conn.Close(code, reason) // a client that is gone need not be told
}

// drop ends the connection at once: first the socket, so that nothing of what is
// cut short is sent.
func (c *connection) drop() {
	_ = c.socket.Close() // all that waits for it wakes up
	c.cancel()
}

// readFailed ends a connection whose client is gone or broke RFC 6455. The
// library has said so with 1002 or 1009 where it knows how.
func (c *connection) readFailed(ctx context.Context, err error) {
	var network *net.OpError
	switch code := websocket.CloseStatus(err); {
	case code >= 0:
		c.log.InfoContext(ctx, "closed by the client", "code", int(code))
	case errors.Is(err, websocket.ErrMessageTooBig):
		c.close(websocket.StatusMessageTooBig, "a message is larger than the server reads")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed), errors.As(err, &network):
		c.log.InfoContext(ctx, "connection lost", "err", err)
	default:
		c.log.InfoContext(ctx, "protocol error", "err", err)
		c.close(websocket.StatusProtocolError, "a frame breaks RFC 6455")
	}
}

// writeFailed ends a connection that takes no frames. Half a frame may be on its
// way, so there is nothing left to say on it.
func (c *connection) writeFailed(ctx context.Context, err error) {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		c.log.WarnContext(ctx, "connection dropped", "why", "the client reads too slowly")
		return
	}
	c.log.InfoContext(ctx, "connection lost", "err", err)
}

// format is what a kind of message holds.
func format(kind websocket.MessageType) wire.Format {
	if kind == websocket.MessageText {
		return wire.JSON
	}
	return wire.MsgPack
}
