// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
)

// segments puts a TCP connection of another behaviour below the server.
func segments(wrap func(net.Conn) net.Conn) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(hijacker{w, wrap}, r)
		})
	}
}

// hijacker hands out a connection that is wrapped.
type hijacker struct {
	http.ResponseWriter

	wrap func(net.Conn) net.Conn
}

// Hijack implements http.Hijacker.
func (h hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	hj, ok := h.ResponseWriter.(http.Hijacker)
	if !ok {
		return nil, nil, errors.New("the connection cannot be taken over")
	}
	conn, rw, err := hj.Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("take the connection over: %w", err)
	}
	conn = h.wrap(conn)
	rw.Writer.Reset(conn)
	return conn, rw, nil
}

// oneByte writes the first bytes of each write one by one, the rest of a long one in
// odd pieces.
func oneByte(c net.Conn) net.Conn { return bytewise{c} }

type bytewise struct{ net.Conn }

func (c bytewise) Write(p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		size := 1
		if n >= 4096 {
			size = 977
		}
		var wrote int
		wrote, err = c.Conn.Write(p[n:min(n+size, len(p))])
		n += wrote
	}
	return n, err
}

// coalesced writes what came within half a millisecond at once.
func coalesced(c net.Conn) net.Conn { return &lazy{Conn: c} }

type lazy struct {
	net.Conn

	mu      sync.Mutex
	waiting []byte
	armed   bool
	failed  error
}

func (c *lazy) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed != nil {
		return 0, c.failed
	}
	c.waiting = append(c.waiting, p...)
	if !c.armed {
		c.armed = true
		time.AfterFunc(500*time.Microsecond, c.flush)
	}
	return len(p), nil
}

func (c *lazy) flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.armed = false
	if len(c.waiting) > 0 {
		_, c.failed = c.Conn.Write(c.waiting)
		c.waiting = nil
	}
}

// Close sends what waits first.
func (c *lazy) Close() error {
	c.flush()
	return c.Conn.Close()
}

// jittering waits for up to a time before each message that it writes.
func jittering(most time.Duration) func(ws.Conn) ws.Conn {
	return func(next ws.Conn) ws.Conn { return nervous{next, most} }
}

type nervous struct {
	ws.Conn

	most time.Duration
}

func (c nervous) Write(ctx context.Context, kind websocket.MessageType, frame []byte) error {
	select {
	case <-time.After(rand.N(c.most)): //nolint:gosec // nobody is to be surprised but the suite
	case <-ctx.Done():
	}
	return c.Conn.Write(ctx, kind, frame)
}
