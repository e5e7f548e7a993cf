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
	"sync/atomic"
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
// what comes beyond is ended at once. Those that are open are not counted, so they
// are served through a flood of others.
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

// listenAndServe starts a server at an endpoint, with the fault of a mutant if it is
// one. It returns when clients can connect.
func listenAndServe(ctx context.Context, at endpoint, m mutants.Mutant, o refserver.Options, log *slog.Logger) (*running, error) {
	handler, server, err := m.Handler(o)
	if err != nil {
		return nil, usage("%w", err)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", at.address)
	if err != nil {
		return nil, usage("cannot listen on %q: %w", at.address, reason(err))
	}
	if a, ok := l.Addr().(*net.TCPAddr); ok && !a.IP.IsLoopback() {
		log.WarnContext(ctx, "whoever reaches this address can read and delete everything: there is no authentication", "listen", l.Addr())
	}
	r := &running{url: "ws://" + l.Addr().String(), server: server, http: bounded(handler, log), failed: make(chan error, 1)}
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

// bounded is an HTTP server that no opening handshake, slow, long or many, can hold
// up.
func bounded(handler http.Handler, log *slog.Logger) *http.Server {
	var opening atomic.Int64
	return &http.Server{
		Handler:        handler,
		ReadTimeout:    requestTimeout,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ConnState: func(c net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				if opening.Add(1) > maxOpening {
					_ = c.Close() // nobody has heard of it yet
				}
			case http.StateHijacked, http.StateClosed:
				opening.Add(-1)
			case http.StateActive, http.StateIdle:
			}
		},
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
