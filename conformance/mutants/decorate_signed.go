// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// signature is what a signed request holds, and whether it fits.
type signature struct {
	*wire.Request

	queue  string
	whole  bool      // it looks like a signature
	method bool      // its methods have that of the action
	path   bool      // its paths have that of the resource and queue
	ends   time.Time // zero if that is no date
}

var digits = regexp.MustCompile(`^[0-9a-f]{64}$`)

func signatureOf(req *wire.Request) signature {
	body, _ := valueOf(req.Body).(object)
	h := req.Headers
	s := signature{Request: req, whole: digits.MatchString(h.URLSignature), method: slices.Contains(h.URLMethods, req.HTTP.Method)}
	s.queue, _ = body["queue_name"].(string)
	s.path = slices.Contains(h.URLPaths, s.resource())
	s.ends, _ = time.Parse(time.RFC3339, strings.TrimSuffix(h.URLExpires, "Z")+"Z")
	return s
}

// resource is the path of what the action is about.
func (s signature) resource() string {
	steps := strings.Split(s.HTTP.Path, "/")
	return strings.ReplaceAll(strings.Join(steps[:min(5, len(steps))], "/"), "{queue_name}", s.queue)
}

// aboutSigned replaces Do for signed requests of clients that are not let in.
func aboutSigned(
	do func(ctx context.Context, s *api.Session, sig signature, next api.Doer) *wire.Response,
) func(api.Doer) api.Doer {
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if s.Project != "" || req.Refusal != nil || req.Headers.URLSignature == "" {
			return next.Do(ctx, s, req)
		}
		return do(ctx, s, signatureOf(req), next)
	})
}

// trusting does what a signed request asks for though it was refused, where when is
// true.
func trusting(when func(sig signature) bool) func(api.Doer) api.Doer {
	return aboutSigned(func(ctx context.Context, s *api.Session, sig signature, next api.Doer) *wire.Response {
		resp := next.Do(ctx, s, sig.Request)
		if resp.Status != statusForbidden || !when(sig) {
			return resp
		}
		in := api.Session{Identity: api.Identity{Project: sig.Headers.ProjectID}}
		return next.Do(ctx, &in, sig.Request)
	})
}

// distrusting refuses signed requests where when is true.
func distrusting(when func(sig signature) bool) func(api.Doer) api.Doer {
	return aboutSigned(func(ctx context.Context, s *api.Session, sig signature, next api.Doer) *wire.Response {
		if when(sig) {
			return failed(sig.Request, statusForbidden)
		}
		return next.Do(ctx, s, sig.Request)
	})
}

// permissiveSigned refuses signed requests about claims (AUT-63), and those of
// whoever is let in (AUT-64) but what confirms (SUB-83); it says 403 where 404 (AUT-57) or 400 (AUT-59) is as good.
func permissiveSigned(next api.Doer) api.Doer {
	return chain(
		distrusting(func(sig signature) bool { return strings.Contains(sig.HTTP.Path, "/claims") }),
		aboutSigned(func(ctx context.Context, s *api.Session, sig signature, next api.Doer) *wire.Response {
			resp := next.Do(ctx, s, sig.Request)
			if resp.Status == statusNotFound && (sig.Action == "message_post" || sig.Action == "subscription_create") {
				resp.Status = statusForbidden
			}
			return resp
		}),
		around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
			if s.Project != "" && req.Access != wire.Anyone && len(req.Headers.URLSignature) == 64 {
				return failed(req, statusForbidden)
			}
			resp := next.Do(ctx, s, req)
			if req.Refusal != nil && req.Refusal.Rule == ruleType && strings.HasPrefix(req.Refusal.Path, "headers.URL-") {
				resp.Status = statusForbidden
			}
			return resp
		}),
	)(next)
}
