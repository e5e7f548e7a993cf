// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
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
