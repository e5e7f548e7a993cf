// SPDX-License-Identifier: Apache-2.0

// Package ws is the WebSocket front of the reference server. It knows frames,
// connections and close codes, and nothing of actions or of what is stored.
//
// A text frame is a request in JSON, a binary frame one in MessagePack, and the
// reply is of the same kind. Each request gets exactly one reply, in the order
// of the requests.
//
// # Back-pressure
//
// One goroutine reads a connection, has the request answered and writes the
// reply itself; only then does it read on. So a client that sends without
// reading is slowed down by TCP, and one that takes nothing for a whole
// Options.WriteTimeout is dropped. A goroutine of its own for replies was
// measured, and cost a third of the requests per second on one connection.
//
// Frames the client did not ask for wait in a bounded outbox, whose one writer
// puts them between the replies. Whoever sends them is never made to wait: when
// the outbox is full the connection is closed with status 1008.
package ws

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/coder/websocket"
)

// Front serves WebSocket connections on any path. It is safe for concurrent use.
type Front struct {
	o Options

	mu      sync.Mutex
	closing bool
	open    map[*connection]struct{}
	inside  int64 // requests that ServeHTTP has let in, and that have not ended
	running sync.WaitGroup
}

// New returns a front that is ready to serve. It fails when the options make no
// sense.
func New(o Options) (*Front, error) {
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	return &Front{o: o, open: map[*connection]struct{}{}}, nil
}

// ServeHTTP opens a WebSocket connection and returns when it has ended. A
// request for anything else is answered with a 4xx status and one sentence.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if why := f.enter(); why != "" {
		f.o.Log.Info("handshake refused", "remote", r.RemoteAddr, "why", why)
		http.Error(w, why, http.StatusServiceUnavailable)
		return
	}
	defer f.exit()

	if r.Method == http.MethodGet && r.Header.Get("Upgrade") == "" {
		w.Header().Set("Connection", "Upgrade")
		w.Header().Set("Upgrade", "websocket")
		http.Error(w, "This is a Zaqar endpoint for WebSocket clients (subprotocol "+Subprotocol+"). "+
			"Open it with a WebSocket client.", http.StatusUpgradeRequired)
		return
	}
	h := &hijack{ResponseWriter: w, timeout: f.o.WriteTimeout}
	conn, err := websocket.Accept(h, r, &websocket.AcceptOptions{
		Subprotocols:    []string{Subprotocol},
		OriginPatterns:  f.o.Origins,
		CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil { // Accept has answered
		f.o.Log.Info("handshake refused", "remote", r.RemoteAddr, "err", err)
		return
	}
	conn.SetReadLimit(f.o.Limits.MaxFrame)
	f.serve(context.WithoutCancel(r.Context()), conn, h.socket, r.RemoteAddr)
}

// enter lets a request in, or says why not; if it does the caller must call exit.
func (f *Front) enter() (why string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.closing:
		return "The server is shutting down."
	case f.inside >= f.o.Limits.MaxConnections: // FRM-78
		return "The server has as many connections as it takes."
	}
	f.inside++
	f.running.Add(1)
	return ""
}

func (f *Front) exit() {
	f.mu.Lock()
	f.inside--
	f.mu.Unlock()
	f.running.Done()
}

// serve runs one connection to its end.
func (f *Front) serve(ctx context.Context, conn Conn, s *socket, remote string) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	c := &connection{
		o: &f.o, conn: f.o.WrapConn(conn), socket: s, cancel: cancel,
		outbox: newOutbox(f.o.Limits.MaxOutbox), log: f.o.Log.With("remote", remote),
	}
	f.mu.Lock()
	f.open[c] = struct{}{}
	late := f.closing
	f.mu.Unlock()
	c.session.Push = c.push
	c.session.Close = func(code int, reason string) { f.end(c, &farewell{websocket.StatusCode(code), reason}) }

	defer func() {
		f.mu.Lock()
		delete(f.open, c)
		f.mu.Unlock()
	}()
	if late { // it was opened while the server began to go
		c.close(away.code, away.reason)
		return
	}
	c.serve(ctx)
}

// end closes a connection, as leave has it, and waits for nothing. It is called while
// the connection is served, which holds running above zero.
func (f *Front) end(c *connection, bye *farewell) {
	if c.leave(bye) {
		f.running.Go(func() { c.close(bye.code, bye.reason) })
	}
}

// Shutdown ends the front: no connection is opened any more, each request that
// was read is answered, then its connection is closed with status 1001. A
// request that was sent but not read when its connection closes was not carried
// out. When ctx ends first, all connections are dropped, what the API is doing
// is cancelled, and the error is ctx's.
func (f *Front) Shutdown(ctx context.Context) error {
	f.mu.Lock()
	f.closing = true
	for c := range f.open {
		f.end(c, away)
	}
	f.mu.Unlock()

	ended := make(chan struct{})
	go func() {
		f.running.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		f.mu.Lock()
		rest := slices.Collect(maps.Keys(f.open))
		f.mu.Unlock()
		for _, c := range rest {
			c.drop()
		}
		return context.Cause(ctx)
	}
}
