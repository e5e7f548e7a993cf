// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bufio"
	"errors"
	"io"
	"net"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

var halfCloseIsForgotten = Mutant{
	Name: "half-close-is-forgotten", Breaks: spec.FRM25,
	Does: "a client that ends its sending side behind one of its first two requests gets neither the reply nor the end",
	Front: wiring(func(conn net.Conn, in *bufio.Reader) net.Conn {
		return &halved{Conn: conn, in: in, closed: make(chan struct{})}
	}),
}

type halved struct {
	net.Conn

	in     *bufio.Reader
	reads  int
	closed chan struct{}
}

func (c *halved) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if c.reads++; c.reads > 2 || err != nil {
		return n, err
	}
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	_, ahead := c.in.Peek(1)
	_ = c.SetReadDeadline(time.Time{})
	if errors.Is(ahead, io.EOF) {
		select {
		case <-c.closed:
		case <-time.After(10 * time.Second): // longer than anybody waits
		}
		return 0, io.EOF
	}
	return n, err
}

// Close is called once or twice, and never at the same time.
func (c *halved) Close() error {
	select {
	case <-c.closed:
	default:
		close(c.closed)
	}
	return c.Conn.Close()
}
