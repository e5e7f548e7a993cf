// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"net"
	"net/http"
	"sync"

	"github.com/zaqarwire/zaqarwire/spec"
)

var handshakeRefusedBesideASilentOne = Mutant{
	Name: "handshake-refused-beside-a-silent-one", Breaks: spec.FRM1,
	Does: "once for each connection that has not sent anything yet, another opening handshake is refused with HTTP status 503",
	Front: func(next http.Handler) http.Handler {
		silent := &silence{conns: map[net.Conn]bool{}}
		opened := segments(silent.of)(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if silent.broken() {
				http.Error(w, "come again", http.StatusServiceUnavailable)
				return
			}
			opened.ServeHTTP(w, r)
		})
	},
}

// silence knows the connections that have sent nothing, and refused nobody.
type silence struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
}

func (s *silence) of(c net.Conn) net.Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns[c] = true
	return &silentConn{c, s}
}

func (s *silence) end(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
}

// broken takes one of them as the reason for a refusal, if there is one.
func (s *silence) broken() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		delete(s.conns, c)
		return true
	}
	return false
}

// silentConn tells when the first bytes come, or none can come any more.
type silentConn struct {
	net.Conn

	silence *silence
}

func (c *silentConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.silence.end(c.Conn)
	return n, err
}

func (c *silentConn) Close() error {
	c.silence.end(c.Conn)
	return c.Conn.Close()
}
