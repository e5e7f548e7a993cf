// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// authenticate is the action that lets a connection in.
const authenticate = "authenticate"

// tokenEnded closes a connection whose token has ended (AUT-19).
const tokenEnded = 4003

// authenticator is an api.Authenticator of one function.
type authenticator func(ctx context.Context, token string) (api.Identity, error)

func (a authenticator) Authenticate(ctx context.Context, token string) (api.Identity, error) {
	return a(ctx, token)
}

// tokens replaces how a token is looked up; it may call next.
func tokens(
	look func(ctx context.Context, next api.Authenticator, token string) (api.Identity, error),
) func(api.Authenticator) api.Authenticator {
	return func(next api.Authenticator) api.Authenticator {
		return authenticator(func(ctx context.Context, token string) (api.Identity, error) { return look(ctx, next, token) })
	}
}

// actingAs has a request done as one of the project that it names, where who says so.
func actingAs(
	who func(s *api.Session, req *wire.Request) bool,
) func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
	return func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if req.Refusal != nil || req.Access == wire.Anyone || !who(s, req) {
			return next.Do(ctx, s, req)
		}
		was := s.Identity
		s.Identity = api.Identity{Project: req.Headers.ProjectID, Admin: was.Admin}
		resp := next.Do(ctx, s, req)
		s.Identity = was
		return resp
	}
}

func anyOne(*api.Session, *wire.Request) bool { return true }

// uncounted never closes a connection for its bad tokens.
func uncounted(next api.Doer) api.Doer {
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		end := s.Close
		s.Close = nil
		resp := next.Do(ctx, s, req)
		s.Close = end
		return resp
	}, authenticate)(next)
}

// preferring has the token before count again after an authenticate where rather says
// so, by the ends of both; zero is none.
func preferring(rather func(was, is time.Time) bool) func(api.Doer) api.Doer {
	return func(next api.Doer) api.Doer {
		last := &memo[*api.Session, *wire.Request]{}
		return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
			was := s.Identity
			resp := next.Do(ctx, s, req)
			before, has := last.get(s)
			if has && resp.Status == statusOK && was.Project == s.Project && rather(was.Expires, s.Expires) {
				return next.Do(ctx, s, before)
			}
			if resp.Status == statusOK {
				last.put(s, req)
			}
			return resp
		}, authenticate)(next)
	}
}
