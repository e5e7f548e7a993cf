// SPDX-License-Identifier: Apache-2.0

// Package api is what every transport speaks to: a checked request in, a
// response out. It decides yes, no and the status; what a field may hold was
// checked at the door, from the schema, and what is kept or expires is the
// store's.
package api

import (
	"cmp"
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

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
	// false means that the connection is being closed.
	Push func(f wire.Format, n msgp.Marshaler) bool
	// Close ends the connection with a WebSocket status, after the reply to the
	// request that is being answered. It never waits. Nil where the transport keeps
	// no connection.
	Close func(code int, reason string)

	failed int // authentications in a row

	mu      sync.Mutex // Sweep ends subscriptions beside whoever answers
	address string     // that stands for the client in subscriptions; empty before the first
}

// subscriber is what stands for the client in subscriptions; empty before the first.
func (s *Session) subscriber() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.address
}

// Options tune an API. Those up to Now must be given; the rest has a useful zero.
type Options struct {
	Store   store.Data
	Control store.Control
	// Hub is what tells connections of messages, and Elsewhere serves the subscribers
	// that are none.
	Hub       Hub
	Elsewhere Elsewhere
	// Now is the clock by which tokens and signatures end.
	Now func() time.Time
	// RequireConfirmation keeps them from being served until they have confirmed it.
	RequireConfirmation bool
	// Auth says whom tokens stand for. Nil is an open server: whoever asks may do
	// all, in whatever project.
	Auth Authenticator
	// SigningKey is that of signed access. Default: one that nobody else knows, so
	// that a signature ends with this API, at the latest.
	SigningKey []byte
	// Limits are those of the door, of which this package uses the defaults of
	// absent fields. A zero limit is the schema's.
	Limits wire.Limits
	// Log hears of the failures that are our own. Default: nobody does.
	Log *slog.Logger
}

// API answers requests from a store. It is safe for concurrent use.
type API struct {
	o    Options
	home *wire.HomeDocument

	mu     sync.Mutex
	ending map[*Session]time.Time // when the tokens of sessions end, if they do
}

var _ Doer = (*API)(nil)

// New returns an API over o.Store.
func New(o Options) *API {
	if len(o.SigningKey) == 0 {
		o.SigningKey = []byte(rand.Text())
	}
	o.Limits, o.Log = o.Limits.WithDefaults(), cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	return &API{o: o, home: homeDocument(o.Limits.Map()), ending: map[*Session]time.Time{}}
}

// Do implements Doer.
func (a *API) Do(ctx context.Context, s *Session, req *wire.Request) *wire.Response {
	status, body, err := a.do(ctx, s, req)
	if err != nil {
		status, body = a.failure(ctx, req, err)
	}
	echo := req.Echo
	if action, _, err := msgp.ReadStringZC(echo.Action); err == nil && string(action) == "authenticate" {
		echo.Body, echo.Headers = nil, nil // AUT-6: a token may stand anywhere in them
	}
	return &wire.Response{Status: status, Body: body, Echo: echo}
}

func (a *API) do(ctx context.Context, s *Session, req *wire.Request) (int, msgp.Marshaler, error) {
	if req.Refusal != nil {
		return 0, nil, req.Refusal
	}
	handle, ok := actions[req.Action]
	if !ok {
		return 0, nil, errUnknownAction
	}
	if err := a.admit(s, req); err != nil {
		return 0, nil, err
	}
	return handle(ctx, a, caller{
		Request: req, session: s, signed: a.o.Auth != nil && s.Project == "", project: cmp.Or(s.Project, req.Headers.ProjectID),
	})
}

// Leave implements Doer.
func (a *API) Leave(ctx context.Context, s *Session) {
	a.unsubscribe(ctx, s)
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.ending, s)
}

// unsubscribe ends the subscriptions of a session.
func (a *API) unsubscribe(ctx context.Context, s *Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.address != "" {
		a.o.Hub.Disconnect(ctx, s.address)
		s.address = ""
	}
}
