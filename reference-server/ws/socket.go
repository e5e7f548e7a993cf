// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"bufio"
	"bytes"
	"encoding/binary"
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
	if s.lengths.bad {
		return 0, errLength
	}
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
	sent, _ := rw.Peek(rw.Reader.Buffered()) // frames that came with the handshake
	if good, bad := h.socket.lengths.scan(sent); bad != nil {
		rw.Reader.Reset(bytes.NewReader(bytes.Clone(sent[:good])))
		_, _ = rw.Peek(good) // so that they are what is buffered
	}
	return h.socket, rw, nil
}

var errLength = errors.New("the length of a frame is not written in the fewest bytes")

// lengths watches the bytes of a client go by and finds the frame whose length
// is not written in the fewest bytes possible, which the library lets through
// (RFC 6455 §5.2, FRM-15).
type lengths struct {
	head [14]byte // the longest header: 2 bytes, 8 of length, 4 of mask
	have int      // bytes of the current header
	left uint64   // bytes of payload before the next header
	bad  bool
}

// scan takes the next bytes. It returns how many of them come before the first
// bad frame, and errLength if there is or was one.
func (l *lengths) scan(p []byte) (int, error) {
	for i := 0; i < len(p) && !l.bad; {
		if l.left > 0 {
			n := min(l.left, uint64(len(p)-i))
			l.left -= n
			i += int(n)
			continue
		}
		l.head[l.have] = p[i]
		l.have++
		i++
		if l.have < 2 || l.have < l.size() {
			continue
		}
		if l.left, l.bad = l.payload(); l.bad {
			return max(0, i-l.have), errLength
		}
		l.have = 0
	}
	if l.bad {
		return 0, errLength
	}
	return len(p), nil
}

// size is how long the current header is; it needs the first two bytes.
func (l *lengths) size() int {
	n := 2
	switch l.head[1] & 0x7f {
	case 126:
		n += 2
	case 127:
		n += 8
	}
	if l.head[1]&0x80 != 0 {
		n += 4
	}
	return n
}

// payload is what the current header, which is complete, announces.
func (l *lengths) payload() (n uint64, bad bool) {
	switch short := l.head[1] & 0x7f; short {
	case 126:
		n = uint64(binary.BigEndian.Uint16(l.head[2:]))
		return n, n < 126
	case 127:
		n = binary.BigEndian.Uint64(l.head[2:])
		return n, n < 1<<16
	default:
		return uint64(short), false
	}
}
