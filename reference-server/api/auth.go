// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"errors"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// Identity is whom a client has proved to be. The zero value is nobody.
type Identity struct {
	// Project is the one that the client acts in. Empty, on an open server, leaves
	// that to the headers of each request.
	Project string
	// Admin says that the client may ask for what administrators may.
	Admin bool
	// Expires is when the proof ends; zero for never.
	Expires time.Time
}

// ended says whether the proof has ended.
func (id Identity) ended(now time.Time) bool { return !id.Expires.IsZero() && !now.Before(id.Expires) }

// Authenticator says whom a token stands for.
type Authenticator interface {
	// Authenticate returns ErrBadToken for a token that stands for nobody. Any other
	// error says that this cannot be known now. A token whose end has come may be
	// returned as it was.
	Authenticate(ctx context.Context, token string) (Identity, error)
}

// ErrBadToken says that a token is unknown, forged or has ended.
var ErrBadToken = errors.New("the token is not good")

// The statuses with which a session is closed (AUT-17, AUT-19).
const (
	closePolicy  = 1008
	closeExpired = 4003
)

// admit says whether a session may ask for what it asks: the one place where the
// access of an action is looked at.
func (a *API) admit(s *Session, req *wire.Request) error {
	switch {
	case a.o.Auth == nil || req.Access == wire.Anyone:
		return nil
	case s.Project == "" && req.Headers.URLSignature != "":
		return a.admitSigned(req) // AUT-50
	case s.Project == "" || s.ended(a.o.Now()):
		return &refusal{statusForbidden, "This connection is not authenticated: send authenticate first."} // AUT-8
	case req.Headers.ProjectID != s.Project:
		return foreign // AUT-12
	case req.Access == wire.Admin && !s.Admin:
		return &refusal{statusForbidden, "Only an administrator may ask for this."} // AUT-22
	}
	return nil
}

var foreign = &refusal{statusForbidden, "headers.X-Project-ID: the token is one of another project."}

// authenticate lets a session in as whom its token stands for. One that is refused
// stays what it was.
func authenticate(ctx context.Context, a *API, c caller, _ *wire.Authenticate) (int, msgp.Marshaler, error) {
	if a.o.Auth != nil {
		id, err := a.identify(ctx, c)
		if err != nil {
			return 0, nil, err
		}
		if id.Project != c.session.Project {
			a.unsubscribe(ctx, c.session) // AUT-70
		}
		a.enter(c.session, id)
	}
	text := "Authenticated."
	return statusOK, &wire.LetIn{Message: &text}, nil // AUT-1, AUT-2
}

// identify says whom the token of a request stands for.
func (a *API) identify(ctx context.Context, c caller) (Identity, error) {
	id, err := a.o.Auth.Authenticate(ctx, c.Headers.AuthToken)
	switch {
	case errors.Is(err, ErrBadToken), err == nil && id.ended(a.o.Now()):
		a.strike(c.session)
		return id, &refusal{statusUnauthorized, "headers.X-Auth-Token: the token is not known here, or has ended."} // AUT-14
	case err != nil:
		a.o.Log.ErrorContext(ctx, "token cannot be checked", "err", err)
		return id, &refusal{statusUnavailable, "The token cannot be checked now: try again later."} // AUT-18
	case id.Project != c.Headers.ProjectID:
		return id, foreign // AUT-11
	}
	return id, nil
}

// enter makes a session that of an identity, until that ends (AUT-20).
func (a *API) enter(s *Session, id Identity) {
	s.Identity, s.failed = id, 0
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.ending, s)
	if !id.Expires.IsZero() {
		a.ending[s] = id.Expires
	}
}

// strike counts a bad token, and ends a session that has had too many (AUT-17).
func (a *API) strike(s *Session) {
	s.failed++
	if int64(s.failed) >= a.o.Limits.MaxFailedAuthentications && s.Close != nil {
		s.Close(closePolicy, "too many failed authentications")
	}
}

// Sweep ends the sessions whose tokens have ended, their subscriptions first (AUT-19).
// It is cheap, and called often.
func (a *API) Sweep(ctx context.Context) {
	now := a.o.Now()
	a.mu.Lock() // held throughout, so that Leave returns after the last Close
	defer a.mu.Unlock()
	for s, end := range a.ending {
		if now.Before(end) {
			continue
		}
		delete(a.ending, s)
		a.unsubscribe(ctx, s) // AUT-21
		if s.Close != nil {
			s.Close(closeExpired, "the token has ended")
		}
	}
}
