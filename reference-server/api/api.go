// SPDX-License-Identifier: Apache-2.0

// Package api is what every transport speaks to: a checked request in, a
// response out. It decides yes, no and the status; what a field may hold was
// checked at the door, from the schema, and what is kept or expires is the
// store's.
package api

import (
	"context"
	"log/slog"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// Doer is what a transport needs of the API, and all it may see of it.
type Doer interface {
	// Do answers one request. It returns no error: a failure is a response.
	Do(ctx context.Context, s *Session, req *wire.Request) *wire.Response
	// Leave ends a session and drops what was its own.
	Leave(ctx context.Context, s *Session)
}

// Session is one client's standing with the server. A WebSocket keeps one for
// as long as it is open. The zero value is a client nobody knows yet.
type Session struct {
	Identity

	// Push sends the client what it did not ask for, in a format. It never waits;
	// false means that the connection is being closed. Nil where the transport
	// can't.
	Push func(f wire.Format, n msgp.Marshaler) bool

	address string // that stands for the client in subscriptions; empty before the first
}

// Hub knows the connections that subscribe.
type Hub interface {
	// Connect returns the subscriber that stands for a connection.
	Connect(push func(f wire.Format, n msgp.Marshaler) bool) (address string)
	// Disconnect ends the subscriptions of a connection.
	Disconnect(ctx context.Context, address string)
}

// Identity is whom a client has proved to be. The zero value is nobody.
type Identity struct {
	// Project is the one that the client acts in. Empty leaves that to the
	// headers of each request.
	Project string
}

// Options tune an API. Store must be given; the rest has a useful zero.
type Options struct {
	Store store.Data
	// Hub is what tells connections of messages. Default: nothing does, and they
	// cannot subscribe.
	Hub Hub
	// Elsewhere tells whether a subscriber that is no connection can be served; the
	// error says why not. Default: none can.
	Elsewhere func(subscriber string, options []byte) error
	// Limits are those of the door, of which this package uses the defaults of
	// absent fields. A zero limit is the schema's.
	Limits wire.Limits
	// Log hears of the failures that are our own. Default: nobody does.
	Log *slog.Logger
}

// API answers requests from a store. It is safe for concurrent use.
type API struct {
	store     store.Data
	hub       Hub
	elsewhere func(subscriber string, options []byte) error
	limits    wire.Limits
	log       *slog.Logger
}

var _ Doer = (*API)(nil)

// New returns an API over o.Store.
func New(o Options) *API {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &API{store: o.Store, hub: o.Hub, elsewhere: o.Elsewhere, limits: o.Limits.WithDefaults(), log: o.Log}
}

// Do implements Doer.
func (a *API) Do(ctx context.Context, s *Session, req *wire.Request) *wire.Response {
	status, body, err := a.do(ctx, s, req)
	if err != nil {
		status, body = a.failure(ctx, req, err)
	}
	return &wire.Response{Status: status, Body: body, Echo: req.Echo}
}

func (a *API) do(ctx context.Context, s *Session, req *wire.Request) (int, msgp.Marshaler, error) {
	if req.Refusal != nil {
		return 0, nil, req.Refusal
	}
	handle, ok := actions[req.Action]
	if !ok {
		return 0, nil, errUnknownAction
	}
	return handle(ctx, a, callerOf(s, req))
}

// Leave implements Doer.
func (a *API) Leave(ctx context.Context, s *Session) {
	if s.address != "" {
		a.hub.Disconnect(ctx, s.address)
		s.address = ""
	}
}
