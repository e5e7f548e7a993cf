// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"net"
	"sync"
)

// A meter counts what goes over the connections of a listener, in bytes of TCP's
// payload.
type meter struct {
	net.Listener

	mu       sync.Mutex
	up, down int
	opened   int
}

func newMeter() (*meter, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it is closed by whoever asked
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return &meter{Listener: l}, nil
}

// Accept waits for a connection and counts on it.
func (m *meter) Accept() (net.Conn, error) {
	c, err := m.Listener.Accept()
	if err != nil {
		return nil, err //nolint:wrapcheck // net/http compares it
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.opened++
	return &metered{c, m}, nil
}

// usage is what was counted since something began.
type usage struct{ up, down, opened int }

// now is what was counted up to now.
func (m *meter) now() usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	return usage{m.up, m.down, m.opened}
}

func (u usage) since(began usage) usage {
	return usage{u.up - began.up, u.down - began.down, u.opened - began.opened}
}

type metered struct {
	net.Conn

	by *meter
}

// Read counts what the client sent.
func (c *metered) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.by.mu.Lock()
	defer c.by.mu.Unlock()
	c.by.up += n
	return n, err
}

// Write counts what the server sends, before the client can have it.
func (c *metered) Write(p []byte) (int, error) {
	c.by.mu.Lock()
	c.by.down += len(p)
	c.by.mu.Unlock()
	return c.Conn.Write(p)
}
