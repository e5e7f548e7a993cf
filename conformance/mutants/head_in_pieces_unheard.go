// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"

	"github.com/zaqarwire/zaqarwire/spec"
)

var headInPiecesUnheard = Mutant{
	Name: "head-in-pieces-unheard", Breaks: spec.FRM25,
	Does:  "a frame whose head does not come in one piece is never answered, nor is what follows",
	Front: wiring(func(conn net.Conn, in *bufio.Reader) net.Conn { return &piecemeal{Conn: conn, in: in} }),
}

type piecemeal struct {
	net.Conn

	in    *bufio.Reader
	begun bool
	left  int // bytes of a payload before the next head
}

func (c *piecemeal) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if n == 1 && !c.begun { // what the HTTP server took before it handed over
		var more int
		more, err = c.in.Read(p[1:])
		n += more
	}
	c.begun = true
	for b := p[:n]; len(b) > 0; {
		if skip := min(c.left, len(b)); skip > 0 {
			b, c.left = b[skip:], c.left-skip
			continue
		}
		length, head := 0, 6
		if len(b) >= 6 {
			length = int(b[1] & 0x7f)
		}
		switch {
		case length == 126 && len(b) >= 8:
			length, head = int(binary.BigEndian.Uint16(b[2:])), 8
		case length == 127 && len(b) >= 14:
			length, head = int(binary.BigEndian.Uint64(b[2:])), 14
		case length > 125 || len(b) < 6:
			_, err := io.Copy(io.Discard, c.in)
			return 0, err
		}
		b, c.left = b[head:], length
	}
	return n, err
}
