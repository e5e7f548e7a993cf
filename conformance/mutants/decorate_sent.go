// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"net"
	"net/http"
)

// sending hands each frame of the server to edit before the client sees it.
func sending(edit func(f *rawFrame)) func(http.Handler) http.Handler {
	return wiring(func(conn net.Conn, in *bufio.Reader) net.Conn {
		return &sender{Conn: conn, in: in, edit: edit}
	})
}

// sender is a connection whose outgoing frames are edited.
type sender struct {
	net.Conn

	in   *bufio.Reader
	out  []byte // what is no whole frame yet
	edit func(f *rawFrame)
}

// Read implements net.Conn.
func (s *sender) Read(p []byte) (int, error) { return s.in.Read(p) }

// Write implements net.Conn.
func (s *sender) Write(p []byte) (int, error) {
	s.out = append(s.out, p...)
	for {
		f, n := frameOf(s.out)
		if f == nil {
			return len(p), nil
		}
		s.out = s.out[n:]
		s.edit(f)
		if _, err := s.Conn.Write(f.bytes()); err != nil {
			return 0, err
		}
	}
}

// frameOf is the first whole frame of b, which is not masked, and its length.
func frameOf(b []byte) (f *rawFrame, n int) {
	if len(b) < 2 {
		return nil, 0
	}
	f = &rawFrame{head: b[0], size: b[1]}
	head, length := 2, int(b[1])
	switch {
	case f.size == 126 && len(b) >= 4:
		head, length = 4, int(binary.BigEndian.Uint16(b[2:]))
	case f.size == 127 && len(b) >= 10:
		head, length = 10, int(binary.BigEndian.Uint64(b[2:]))
	case f.size > 125:
		return nil, 0
	}
	if len(b) < head+length {
		return nil, 0
	}
	f.payload = bytes.Clone(b[head : head+length])
	return f, head + length
}
