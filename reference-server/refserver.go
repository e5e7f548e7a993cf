// SPDX-License-Identifier: Apache-2.0

// Package refserver is the reference server: the protocol as it is written in
// spec/, over a store in memory. It is small, so that it can be read, and meant
// for laboratories and tests.
//
// Serve it like any http.Handler:
//
//	server, err := refserver.New(refserver.Options{})
//	...
//	http.ListenAndServe("127.0.0.1:9000", server)
//
// Give an http.Server that others can reach a ReadTimeout, which bounds the opening
// handshake and nothing after it, and with TLS no protocol but HTTP/1.1.
//
// The Wrap options decorate what stands between the socket and the store. Each
// room keeps its promises when another is decorated, so a seeded fault breaks
// what it means to break and no more.
package refserver

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/notify"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/reference-server/store/pooled"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// Options tune a Server. The zero value serves a lab on localhost.
type Options struct {
	// Now is the clock that ages messages and claims. Default time.Now.
	Now func() time.Time
	// Auth says whom tokens stand for. Default: the server is open.
	Auth api.Authenticator
	// SigningKey is that of signed access; see [api.Options]. Default: one of its own.
	SigningKey []byte
	// Pools are the URIs of the pools that there are at first, by their names, each
	// of weight 1. Default: the pool "default", at memory://default.
	Pools map[string]string
	// Limits are the numbers of the schema that an operator may change. A zero
	// limit keeps the schema's.
	Limits wire.Limits
	// Origins are the foreign origins that browsers may connect from; see
	// [ws.Options]. Default: none.
	Origins []string
	// Log is handed to every room. Default: nothing is logged.
	Log *slog.Logger

	// WebhookAllow are addresses that webhooks may be at, besides those of the open
	// internet. Default: none.
	WebhookAllow []netip.Prefix
	// RequireConfirmation keeps webhooks from being sent messages until they are
	// confirmed.
	RequireConfirmation bool

	// WrapControl, WrapStore, WrapAuth, WrapAPI, WrapCodec and WrapConn decorate what
	// is known of pools, the store, the authenticator if there is one, the API, the
	// codec and each connection. Default: as they are.
	WrapControl func(store.Control) store.Control
	WrapStore   func(store.Data) store.Data
	WrapAuth    func(api.Authenticator) api.Authenticator
	WrapAPI     func(api.Doer) api.Doer
	WrapCodec   func(ws.Codec) ws.Codec
	WrapConn    func(ws.Conn) ws.Conn
	// WrapPost and WrapElsewhere decorate what posts to webhooks, and what is told
	// of them. Default: as they are.
	WrapPost      func(http.RoundTripper) http.RoundTripper
	WrapElsewhere func(api.Elsewhere) api.Elsewhere
}

// Server answers WebSocket connections on any path. It is safe for concurrent
// use.
type Server struct {
	front *ws.Front
	store store.Data

	stop  context.CancelFunc // ends the sweeping and the posting
	swept sync.WaitGroup
}

var _ http.Handler = (*Server)(nil)

// New wires a server together. It fails when the options make no sense.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	pools, err := openPools(o)
	if err != nil {
		return nil, err
	}
	data := wrapped[store.Data](pools, o.WrapStore)
	if o.Auth != nil {
		o.Auth = wrapped(o.Auth, o.WrapAuth)
	}
	hooks := notify.NewWebhooks(notify.WebhookOptions{
		Store: data, Allow: o.WebhookAllow, Now: o.Now, Limits: o.Limits, Wrap: o.WrapPost, Log: o.Log,
	})
	elsewhere := wrapped[api.Elsewhere](hooks, o.WrapElsewhere)
	hub := notify.New(notify.Options{Store: data, Now: o.Now, Limits: o.Limits, Deliver: elsewhere, Log: o.Log})
	inner := api.New(api.Options{
		Store: hub, Control: pools, Hub: hub, Elsewhere: elsewhere, RequireConfirmation: o.RequireConfirmation,
		Auth: o.Auth, SigningKey: o.SigningKey, Now: o.Now, Limits: o.Limits, Log: o.Log,
	})
	front, err := ws.New(ws.Options{
		API: wrapped[api.Doer](inner, o.WrapAPI), Codec: wrapped[ws.Codec](&wire.Door{Limits: o.Limits}, o.WrapCodec), WrapConn: o.WrapConn,
		Origins: o.Origins, Limits: o.Limits, Log: o.Log,
	})
	if err != nil {
		return nil, fmt.Errorf("open the WebSocket front: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{front: front, store: data, stop: stop}
	s.swept.Go(func() { sweep(ctx, inner.Sweep, hub.Sweep) })
	s.swept.Go(func() { hooks.Run(ctx) })
	return s, nil
}

// openPools is a store over the pools of o, which can open more in memory.
func openPools(o Options) (*pooled.Store, error) {
	first := memory.New(o.Now)
	s := pooled.New(wrapped[store.Control](memory.NewControl(), o.WrapControl), func(p store.Pool) (store.Data, error) {
		u, err := url.Parse(p.URI)
		if err != nil || u.Scheme != "memory" || u.Host == "" {
			return nil, &store.Error{Kind: store.Unopenable, What: "the URI of pool", ID: p.Name}
		}
		return first.Another(), nil
	})
	if o.Pools == nil {
		o.Pools = map[string]string{"default": "memory://default"}
	}
	for name, uri := range o.Pools {
		if err := s.CreatePool(context.Background(), store.Pool{Name: name, URI: uri, Weight: 1}); err != nil {
			return nil, fmt.Errorf("make the pools: %w", err)
		}
	}
	return s, nil
}

// wrapped is what an option makes of a thing, or the thing itself without one.
func wrapped[T any](as T, wrap func(T) T) T {
	if wrap == nil {
		return as
	}
	return wrap(as)
}

// sweepEvery is how late, at most, the server does what has to happen by itself.
const sweepEvery = 100 * time.Millisecond

// sweep calls each of those that look for what is due, again and again, until ctx
// ends.
func sweep(ctx context.Context, due ...func(context.Context)) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			for _, do := range due {
				do(ctx)
			}
		}
	}
}

// ServeHTTP serves one connection until it ends.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.front.ServeHTTP(w, r) }

// Shutdown opens no more connections, answers the requests that were read, closes
// each connection with status 1001, and lets go of what was stored. It returns
// when all have ended, or when ctx ends: then the rest is dropped, and the error
// is ctx's.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.front.Shutdown(ctx)
	s.stop()
	s.swept.Wait()
	if err != nil {
		return fmt.Errorf("close connections: %w", err)
	}
	if err := s.store.Close(); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}
