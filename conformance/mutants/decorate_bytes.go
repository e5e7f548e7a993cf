// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
)

// The opcodes of frames.
//
// Source: RFC 6455 §5.2.
const (
	opContinuation = 0x0
	opText         = 0x1
	opBinary       = 0x2
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xa

	highest  = 1 << 63
	fin      = 0x80
	reserved = 0x70
)

// rawFrame is a frame of RFC 6455 as a client sent it.
type rawFrame struct {
	head    byte // FIN, the reserved bits, the opcode
	masked  bool
	size    byte // the length in seven bits: 126 and 127 stand for one of 2 or 8 bytes
	mask    [4]byte
	top     bool   // the highest bit of a length of 8 bytes, which has to be 0
	payload []byte // without the mask
}

func (f *rawFrame) opcode() byte { return f.head & 0x0f }
func (f *rawFrame) final() bool  { return f.head&fin != 0 }

// ignored makes it a frame that a server reads and says nothing to.
func (f *rawFrame) ignored() { f.head, f.payload, f.size = fin|opPong, nil, 0 }

// carry gives it another payload, in the shortest form.
func (f *rawFrame) carry(payload []byte) {
	f.payload, f.top = payload, false
	switch n := len(payload); {
	case n < 126:
		f.size = byte(n)
	case n < 1<<16:
		f.size = 126
	default:
		f.size = 127
	}
}

// bytes is the frame as it goes over the wire.
func (f *rawFrame) bytes() []byte {
	b := []byte{f.head, f.size}
	switch f.size {
	case 126:
		b = binary.BigEndian.AppendUint16(b, uint16(len(f.payload)))
	case 127:
		n := uint64(len(f.payload))
		if f.top {
			n |= highest
		}
		b = binary.BigEndian.AppendUint64(b, n)
	}
	if !f.masked {
		return append(b, f.payload...)
	}
	b[1] |= 0x80
	b = append(b, f.mask[:]...)
	return append(b, f.masking()...)
}

// masking is the payload with the mask put on, or taken off.
func (f *rawFrame) masking() []byte {
	out := bytes.Clone(f.payload)
	for i := range out {
		out[i] ^= f.mask[i%4]
	}
	return out
}

// wiring puts something between the socket and the server, for each connection. What
// was read of it already stands in the reader, which goes on with the socket.
func wiring(wire func(conn net.Conn, in *bufio.Reader) net.Conn) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(&wired{ResponseWriter: w, wire: wire}, r)
		})
	}
}

// tapping hands each frame of a client to edit before the server sees it; an error
// ends the connection there. Each connection gets an edit of its own. Frames that
// announce more than a megabyte pass as they are.
func tapping(newEdit func() func(f *rawFrame) error) func(http.Handler) http.Handler {
	return wiring(func(conn net.Conn, in *bufio.Reader) net.Conn {
		return &tap{Conn: conn, in: in, edit: newEdit()}
	})
}

// editing is tapping where no frame depends on another.
func editing(edit func(f *rawFrame)) func(http.Handler) http.Handler {
	return tapping(func() func(*rawFrame) error {
		return func(f *rawFrame) error { edit(f); return nil }
	})
}

// amidst is editing that knows whether a message has begun and not ended.
func amidst(edit func(f *rawFrame, open bool)) func(http.Handler) http.Handler {
	return tapping(func() func(*rawFrame) error {
		open := false
		return func(f *rawFrame) error {
			edit(f, open)
			if f.opcode() < opClose {
				open = !f.final()
			}
			return nil
		}
	})
}

// heading is editing of control frames that may not be final: where edit takes the
// first fragment for all of the frame, the others are passed over.
func heading(edit func(f *rawFrame) (takes bool)) func(http.Handler) http.Handler {
	return tapping(func() func(*rawFrame) error {
		more := false
		return func(f *rawFrame) error {
			final := f.final()
			switch {
			case more && f.opcode() == opContinuation:
				more = !final
				f.ignored()
			case edit(f):
				more = !final
			}
			return nil
		}
	})
}

// wired is a ResponseWriter that hands out a connection with something in between.
type wired struct {
	http.ResponseWriter

	wire func(conn net.Conn, in *bufio.Reader) net.Conn
}

// Hijack implements http.Hijacker.
func (w *wired) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	hijacker, ok := w.ResponseWriter.(http.Hijacker)
	if !ok {
		return nil, nil, errors.New("the HTTP server cannot hand over a connection")
	}
	conn, rw, err := hijacker.Hijack()
	if err != nil || w.wire == nil {
		return conn, rw, err
	}
	early, _ := rw.Peek(rw.Reader.Buffered()) // no more than is there
	between := w.wire(conn, bufio.NewReader(io.MultiReader(bytes.NewReader(bytes.Clone(early)), conn)))
	rw.Reader.Reset(between)
	return between, rw, nil
}

// tap is a connection whose incoming frames are edited.
type tap struct {
	net.Conn

	in   *bufio.Reader
	out  []byte // edited, and not yet read
	left uint64 // bytes of a long frame that pass as they are
	edit func(f *rawFrame) error
}

// Read implements net.Conn.
func (t *tap) Read(p []byte) (int, error) {
	if len(t.out) == 0 && t.left > 0 {
		n, err := t.in.Read(p[:min(uint64(len(p)), t.left)])
		t.left -= uint64(n)
		return n, err
	}
	if len(t.out) == 0 {
		if err := t.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, t.out)
	t.out = t.out[n:]
	return n, nil
}

// next reads and edits one frame.
func (t *tap) next() error {
	head := make([]byte, 2, 14)
	if _, err := io.ReadFull(t.in, head); err != nil {
		return err
	}
	f := &rawFrame{head: head[0], masked: head[1]&0x80 != 0, size: head[1] & 0x7f}
	more := map[byte]int{126: 2, 127: 8}[f.size]
	rest := head[2 : 2+more]
	if f.masked {
		rest = head[2 : 2+more+4]
	}
	if _, err := io.ReadFull(t.in, rest); err != nil {
		return err
	}
	length := uint64(f.size)
	switch f.size {
	case 126:
		length = uint64(binary.BigEndian.Uint16(rest))
	case 127:
		length = binary.BigEndian.Uint64(rest)
	}
	if f.top = length&highest != 0; f.top {
		length &^= highest
	}
	if length > 1<<20 {
		t.out, t.left = head[:2+len(rest)], length
		return nil
	}
	f.payload = make([]byte, length)
	if _, err := io.ReadFull(t.in, f.payload); err != nil {
		return err
	}
	if f.masked {
		copy(f.mask[:], rest[more:])
		f.payload = f.masking()
	}
	if err := t.edit(f); err != nil {
		return err
	}
	t.out = f.bytes()
	return nil
}
