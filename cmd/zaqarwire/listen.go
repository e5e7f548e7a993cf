// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

// shutdownTimeout is how long clients have to take what is in flight.
const shutdownTimeout = 10 * time.Second

// requestTimeout is how long an HTTP request may take to come, body and all, and
// how long the next may stay away. It ends with the opening handshake: a
// WebSocket may be idle for ever.
const requestTimeout = 5 * time.Second

// maxHeader is the most that the request line and the headers of an opening
// handshake may be long, in bytes: a longer one is answered with status 431.
const maxHeader = 64 << 10

// maxOpening is how many connections may be about to send their opening handshake:
// what comes beyond waits for one of them to open or to be ended. Those that are open
// are not counted, so a flood of others is nothing to them.
const maxOpening = 1000

// endpoint is where a server listens.
type endpoint struct {
	address string
	tls     *tls.Config // nil: it speaks no TLS
}

// running is a reference server that accepts connections.
type running struct {
	url    string
	server *refserver.Server
	http   *http.Server
	failed chan error // what ended it, if nobody asked it to end
}

// listen opens a port, or tells the user why it cannot.
func listen(ctx context.Context, address string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, usage("cannot listen on %q: %w", address, reason(err))
	}
	return l, nil
}

// listenAndServe starts a server at an endpoint, with the fault of a mutant if it is
// one. It returns when clients can connect.
func listenAndServe(ctx context.Context, at endpoint, m mutants.Mutant, o refserver.Options, log *slog.Logger) (*running, error) {
	handler, server, err := m.Handler(o)
	if err != nil {
		return nil, usage("%w", err)
	}
	l, err := listen(ctx, at.address)
	if err != nil {
		return nil, err
	}
	if why := risk(l.Addr(), at.tls != nil, o.Auth != nil); why != "" {
		log.WarnContext(ctx, why, "listen", l.Addr())
	}
	opening := newGate(l)
	r := &running{
		url:    "ws://" + l.Addr().String(),
		server: server,
		failed: make(chan error, 1),
		http: &http.Server{
			Handler:        handler,
			ReadTimeout:    requestTimeout,
			MaxHeaderBytes: maxHeader,
			ConnState:      opening.told,
			ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		},
	}
	l = opening
	if at.tls != nil {
		r.url = "wss://" + l.Addr().String()
		l = tls.NewListener(l, at.tls)
	}
	go func() {
		if err := r.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			r.failed <- err
		}
	}()
	return r, nil
}

// risk is what a server risks that listens beyond its own machine; empty for none.
func risk(at net.Addr, encrypted, authenticated bool) string {
	tcp, ok := at.(*net.TCPAddr)
	switch {
	case !ok || tcp.IP.IsLoopback():
		return ""
	case !authenticated:
		return "whoever reaches this address can read and delete everything: there is no authentication"
	case !encrypted:
		return "whoever is on the way to this address can read tokens and messages: there is no TLS"
	}
	return ""
}

// gate lets in as many connections as it has places. One that has opened, or has
// ended, gives its place back.
type gate struct {
	net.Listener

	places chan struct{}
	closed chan struct{}
	close  sync.Once
}

func newGate(l net.Listener) *gate {
	return &gate{Listener: l, places: make(chan struct{}, maxOpening), closed: make(chan struct{})}
}

// Accept waits for a place, and then for a connection.
func (g *gate) Accept() (net.Conn, error) {
	select {
	case g.places <- struct{}{}:
	case <-g.closed:
		return nil, net.ErrClosed
	}
	c, err := g.Listener.Accept()
	if err != nil {
		<-g.places
	}
	return c, err //nolint:wrapcheck // a listener's error is its own
}

// Close ends what waits in Accept.
func (g *gate) Close() error {
	g.close.Do(func() { close(g.closed) })
	return g.Listener.Close() //nolint:wrapcheck // as above
}

// told hears from the HTTP server what becomes of a connection.
func (g *gate) told(_ net.Conn, state http.ConnState) {
	if state == http.StateHijacked || state == http.StateClosed {
		<-g.places
	}
}

// wait serves until ctx ends, and then ends gracefully.
func (r *running) wait(ctx context.Context) error {
	select {
	case err := <-r.failed:
		return &exit{code: exitUsage, cause: fmt.Errorf("accept connections: %w", err)}
	case <-ctx.Done():
		return r.shutdown(context.WithoutCancel(ctx))
	}
}

// shutdown ends the server when what is in flight is answered.
func (r *running) shutdown(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, shutdownTimeout)
	defer cancel()
	if err := errors.Join(r.http.Shutdown(ctx), r.server.Shutdown(ctx)); err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}

// reason is why the network refused, without the addresses that the caller names.
func reason(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err
	}
	return err
}
