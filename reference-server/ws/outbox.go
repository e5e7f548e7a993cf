// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"context"
	"sync"

	"github.com/coder/websocket"
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// outbox holds what a client is sent unasked until its writer comes round to it. It
// is not encoded yet, so that many clients share one body.
type outbox struct {
	most int64         // what may wait, in bytes
	some chan struct{} // says that something waits

	mu    sync.Mutex
	items []unasked
	bytes int64 // of what waits and what is being written
	shut  bool  // nothing more is taken
}

type unasked struct {
	format wire.Format
	value  msgp.Marshaler
	bytes  int64
}

// overhead is what each message in an outbox counts besides its own length, in bytes.
const overhead = 256

func newOutbox(most int64) *outbox { return &outbox{most: most, some: make(chan struct{}, 1)} }

// put adds a message. False means that it is not taken, and full that this is the
// first one for which there is no room.
func (o *outbox) put(f wire.Format, v msgp.Marshaler) (ok, full bool) {
	bytes := int64(overhead)
	if s, sized := v.(msgp.Sizer); sized {
		bytes += int64(s.Msgsize())
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shut {
		return false, false
	}
	if o.bytes > 0 && o.bytes+bytes > o.most {
		o.shut, o.items = true, nil
		return false, true
	}
	o.items = append(o.items, unasked{f, v, bytes})
	o.bytes += bytes
	select {
	case o.some <- struct{}{}:
	default:
	}
	return true, false
}

// take returns what waits, oldest first. It counts as waiting until it is written.
func (o *outbox) take() []unasked {
	o.mu.Lock()
	defer o.mu.Unlock()
	items := o.items
	o.items = nil
	return items
}

func (o *outbox) written(bytes int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bytes -= bytes
}

// push queues what the client did not ask for. It never waits: false means that the
// client reads too slowly and is being closed with status 1008 (FRM-24).
func (c *connection) push(f wire.Format, v msgp.Marshaler) bool {
	ok, full := c.outbox.put(f, v)
	if full {
		go c.close(websocket.StatusPolicyViolation, "notifications are not read fast enough")
	}
	return ok
}

// send writes what push has queued, until ctx ends.
func (c *connection) send(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.outbox.some:
		}
		for _, u := range c.outbox.take() {
			if ctx.Err() != nil || !c.tell(ctx, u) {
				return
			}
		}
	}
}

// tell writes one message between two replies (SUB-47). False means that the
// connection takes no more.
func (c *connection) tell(ctx context.Context, u unasked) bool {
	defer c.outbox.written(u.bytes)
	frame, err := caught(func() ([]byte, error) { return c.o.Codec.Notify(u.format, u.value) })
	if err != nil {
		c.log.ErrorContext(ctx, "notification cannot be written", "err", err)
		return true
	}
	c.turn.Lock()
	defer c.turn.Unlock()
	if err := c.conn.Write(context.WithoutCancel(ctx), messageType(u.format), frame); err != nil {
		c.writeFailed(ctx, err)
		c.drop() // wakes the reader
		return false
	}
	return true
}

// messageType is the kind of message that holds a format.
func messageType(f wire.Format) websocket.MessageType {
	if f == wire.JSON {
		return websocket.MessageText
	}
	return websocket.MessageBinary
}
