// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

// encoding changes the body of an action's replies with the status.
func encoding(action string, status int, steps []string, edit func(any) any) func(ws.Codec) ws.Codec {
	return func(next ws.Codec) ws.Codec {
		return codec{Codec: next, encode: func(f wire.Format, r *wire.Response) ([]byte, error) {
			if name, _ := valueOf(r.Echo.Action).(string); name != action || r.Status != status {
				return next.Encode(f, r)
			}
			changed := *r
			changed.Body = rawOf(edited(valueOf(r.Body), steps, edit))
			return next.Encode(f, &changed)
		}}
	}
}

// recoded changes the status of an action's replies with another.
func recoded(action string, from, to int) func(ws.Codec) ws.Codec {
	return func(next ws.Codec) ws.Codec {
		return codec{Codec: next, encode: func(f wire.Format, r *wire.Response) ([]byte, error) {
			changed := *r
			if name, _ := valueOf(r.Echo.Action).(string); name == action && r.Status == from {
				changed.Status = to
			}
			return next.Encode(f, &changed)
		}}
	}
}

// echoFaults spoil what the replies to an action say the request was.
func echoFaults(a *schema.Action) []Mutant {
	var all []Mutant
	for _, c := range []struct {
		name, does string
		req        spec.ID
		edit       func(e *wire.Echo)
	}{
		{"action-other", "another action", spec.FRM30, func(e *wire.Echo) { e.Action = rawOf("queue_ping") }},
		{"action-null", "no action", spec.FRM30, func(e *wire.Echo) { e.Action = nil }},
		{"body-empty", "an empty body", spec.FRM30, func(e *wire.Echo) { e.Body = nil }},
		{"body-null", "null for the body", spec.FRM30, func(e *wire.Echo) { e.Body = rawOf(nil) }},
		{"headers-empty", "no headers", spec.FRM30, func(e *wire.Echo) { e.Headers = nil }},
		{"body-more", "a key more in the body", spec.FRM30, func(e *wire.Echo) { e.Body = withKey(e.Body) }},
		{"headers-more", "a header more", spec.FRM30, func(e *wire.Echo) { e.Headers = withKey(e.Headers) }},
	} {
		if a.Name == authenticate && (c.name == "body-empty" || c.name == "headers-empty") {
			continue // AUT-6 permits it
		}
		all = append(all, Mutant{
			Name:   fmt.Sprintf("%s/echo/%s", dashed(a.Name), c.name),
			Breaks: c.req,
			Does:   fmt.Sprintf("the echo of %s has %s", a.Name, c.does),
			API:    replying(func(_ *wire.Request, resp *wire.Response) { c.edit(&resp.Echo) }, a.Name),
		})
	}
	return all
}

func withKey(m wire.Raw) wire.Raw {
	v, ok := valueOf(m).(object)
	switch {
	case len(m) == 0:
		v = object{} // as which it is written
	case !ok:
		return m
	}
	v["mutant"] = true
	return rawOf(v)
}

// messageFaults spoil the messages in which the replies to an action come.
func messageFaults(a *schema.Action) []Mutant {
	var all []Mutant
	for _, c := range []struct {
		name, does string
		req        spec.ID
		write      func(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error
	}{
		{"kind", "in a message of the other kind", spec.FRM27, otherKind},
		{"none", "never", spec.FRM25, func(context.Context, *carrier, websocket.MessageType, []byte) error { return nil }},
		{"twice", "twice", spec.FRM25, twice},
		{"extra", "with a message more", spec.FRM25, extra},
		{"late", "too late", spec.FRM25, late},
		{"cut", "cut short", spec.FRM28, cut},
		{"trailing", "with a byte more", spec.FRM28, trailing},
		{"reordered", "after the next one, if that comes soon", spec.FRM26, reordered},
		{"closed", "and the connection ends", spec.FRM42, closed},
	} {
		all = append(all, Mutant{
			Name:   fmt.Sprintf("%s/reply/%s", dashed(a.Name), c.name),
			Breaks: c.req,
			Does:   fmt.Sprintf("the reply to %s comes %s", a.Name, c.does),
			Conn: func(next ws.Conn) ws.Conn {
				return &carrier{Conn: next, action: a.Name, write: c.write}
			},
		})
	}
	return all
}

// carrier is a connection that mistreats the replies to an action.
type carrier struct {
	ws.Conn

	action string
	write  func(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error

	mu    sync.Mutex
	held  func() // writes the reply that waits for the next one
	young bool   // it was held back by the write that is under way
}

func (c *carrier) Write(ctx context.Context, kind websocket.MessageType, frame []byte) error {
	defer c.release()
	if c.isReply(frame) {
		return c.write(ctx, c, kind, frame)
	}
	return c.Conn.Write(ctx, kind, frame)
}

// isReply knows the replies to the action by their echo, which comes first.
func (c *carrier) isReply(frame []byte) bool {
	return bytes.Contains(frame, []byte(`"action":"`+c.action+`"`)) ||
		bytes.Contains(frame, msgp.AppendString(msgp.AppendString(nil, "action"), c.action))
}

func otherKind(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error {
	return c.Conn.Write(ctx, websocket.MessageText+websocket.MessageBinary-kind, frame)
}

func twice(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error {
	if err := c.Conn.Write(ctx, kind, frame); err != nil {
		return err
	}
	return c.Conn.Write(ctx, kind, frame)
}

func extra(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error {
	if err := c.Conn.Write(ctx, kind, frame); err != nil {
		return err
	}
	return c.Conn.Write(ctx, websocket.MessageText, []byte("{}"))
}

// late is later than any reply is waited for on loopback.
func late(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error {
	select {
	case <-time.After(4 * time.Second):
	case <-ctx.Done():
	}
	return c.Conn.Write(ctx, kind, frame)
}

func cut(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error {
	return c.Conn.Write(ctx, kind, frame[:len(frame)-1])
}

func trailing(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error {
	return c.Conn.Write(ctx, kind, append(bytes.Clone(frame), '0'))
}

func closed(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error {
	if err := c.Conn.Write(ctx, kind, frame); err != nil {
		return err
	}
	return c.CloseNow()
}

// reordered holds a reply back until another is written, or a moment has passed.
func reordered(ctx context.Context, c *carrier, kind websocket.MessageType, frame []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held != nil {
		return c.Conn.Write(ctx, kind, frame)
	}
	frame, ctx = bytes.Clone(frame), context.WithoutCancel(ctx)
	c.held = sync.OnceFunc(func() { _ = c.Conn.Write(ctx, kind, frame) })
	time.AfterFunc(20*time.Millisecond, c.held)
	c.young = true
	return nil
}

// release writes the reply that was held back, unless it was just now.
func (c *carrier) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.young {
		c.young = false
		return
	}
	if c.held != nil {
		c.held()
		c.held = nil
	}
}
