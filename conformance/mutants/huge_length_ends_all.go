// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bufio"
	"encoding/binary"
	"net"
	"net/http"
	"sync"

	"github.com/zaqarwire/zaqarwire/spec"
)

var hugeLengthEndsAll = Mutant{
	Name: "huge-length-ends-all", Breaks: spec.FRM16,
	Does: "a frame that announces more than 4 GiB ends all connections, as when memory is over",
	Front: func(next http.Handler) http.Handler {
		var all sync.Map
		return wiring(func(conn net.Conn, in *bufio.Reader) net.Conn {
			all.Store(conn, nil)
			return &fragile{Conn: conn, in: in, all: &all}
		})(next)
	},
}

// fragile is a connection that falls with all others.
type fragile struct {
	net.Conn

	in  *bufio.Reader
	all *sync.Map
}

func (c *fragile) Read(p []byte) (int, error) {
	head, err := c.in.Peek(10)
	if err == nil && head[0]&0x70 == 0 && head[1]&0x7f == 127 && binary.BigEndian.Uint64(head[2:]) > 1<<32 {
		c.all.Range(func(conn, _ any) bool {
			if conn, ok := conn.(net.Conn); ok {
				_ = conn.Close()
			}
			return true
		})
	}
	return c.in.Read(p)
}

func (c *fragile) Close() error {
	c.all.Delete(c.Conn)
	return c.Conn.Close()
}
