// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// socket is a TCP connection on which nothing waits for ever: each write has a
// deadline, and once the end has begun, everything has the same one. It stands
// below the WebSocket library, whose own bounds are a timer for each write and
// ten seconds, or more, for a close.
type socket struct {
	net.Conn
	timeout time.Duration

	lengths lengths // used by the one reader

	mu     sync.Mutex
	armed  time.Time // the write deadline that is set
	ending bool
}

// Read reads up to the first frame that the library would wrongly let through.
func (s *socket) Read(p []byte) (int, error) {
	n, err := s.Conn.Read(p)
	good, bad := s.lengths.scan(p[:n])
	if bad != nil {
		return good, bad
	}
	return n, err
}

// Write writes p before the deadline or fails.
func (s *socket) Write(p []byte) (int, error) {
	if err := s.arm(time.Now()); err != nil {
		return 0, err
	}
	return s.Conn.Write(p)
}

// arm renews the write deadline when less than half of it is left: renewing it
// for each small write costs a tenth of all requests per second.
func (s *socket) arm(now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ending || s.armed.Sub(now) > s.timeout/2 {
		return nil
	}
	s.armed = now.Add(s.timeout)
	return s.SetWriteDeadline(s.armed)
}

// end bounds all that is still read and written, pending calls included.
func (s *socket) end(within time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ending {
		return
	}
	s.ending = true
	_ = s.SetDeadline(time.Now().Add(within)) // fails on a closed socket only, which is as good
}

// hijack is a ResponseWriter that hands out a socket.
type hijack struct {
	http.ResponseWriter
	timeout time.Duration
	socket  *socket
}

// Hijack takes the connection over from the HTTP server.
func (h *hijack) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	hj, ok := h.ResponseWriter.(http.Hijacker)
	if !ok {
		return nil, nil, errors.New("the HTTP server cannot hand over a connection (HTTP/2?)")
	}
	conn, rw, err := hj.Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("hijack: %w", err)
	}
	h.socket = &socket{Conn: conn, timeout: h.timeout}
	rw.Writer.Reset(h.socket)
	if sent, err := rw.Peek(rw.Reader.Buffered()); err == nil {
		_, _ = h.socket.lengths.scan(sent) // frames that came with the handshake; a bad one is found at the next Read
	}
	return h.socket, rw, nil
}
