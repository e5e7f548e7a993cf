// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// authenticate is the action that lets a connection in.
const authenticate = "authenticate"

// authentication are the cases of spec/auth.md.
func authentication(s *suite) {
	authenticating(s)
	negatives(s, "auth")
}

// token is the header that carries a token.
func token(value any) Option { return Header("X-Auth-Token", value) }

func authenticating(s *suite) {
	s.check(spec.AUT1, "a-good-token", func(ctx context.Context, p *Peer) {
		p.Do(ctx, authenticate, nil, token(p.Name())).WantStatus(200).Want("body", Having(M{}))
	})

	s.check(spec.AUT2, "tokens-that-nobody-issued", func(ctx context.Context, p *Peer) {
		for _, text := range []string{p.Name(), "", "x", strings.Repeat("x", 4096)} {
			p.Do(ctx, authenticate, nil, token(text)).WantStatus(200)
		}
	})

	s.check(spec.AUT3, "neither-client-nor-body", func(ctx context.Context, p *Peer) {
		p.Do(ctx, authenticate, nil, token(p.Name()), NoHeader(headerClient)).WantStatus(200)
		p.Do(ctx, authenticate, nil, token(p.Name()), NoKey("body")).WantStatus(200)
		p.Do(ctx, authenticate, M{"odd": 1}, token(p.Name()), Header("Odd", 7)).WantStatus(200)
	})

	s.check(spec.AUT4, "no-token", func(ctx context.Context, p *Peer) {
		p.Do(ctx, authenticate, nil).WantError(400)
		p.Do(ctx, authenticate, nil, Header("x-auth-token", p.Name())).WantError(400)
	})

	s.check(spec.AUT5, "the-token-in-the-reply", func(ctx context.Context, p *Peer) {
		secret := p.Name()
		p.Do(ctx, authenticate, nil, token(secret)).WantStatus(200).WantNowhere(secret)
	})
}

// WantNowhere judges that a text stands nowhere in the reply.
func (a *Answer) WantNowhere(text string) *Answer {
	a.scene.check("WantNowhere", "reply", "without what was sent as a secret")
	if path := whereIs(a.value, text, ""); path != "" {
		a.fail(Failure{Symptom: BadValue, Path: path, Expected: "the secret nowhere in the reply", Actual: "the secret in " + path})
	}
	return a
}

// whereIs is the path to a string, or to a key, that holds a text; empty if none does.
func whereIs(v any, text, path string) string {
	switch v := v.(type) {
	case string:
		if strings.Contains(v, text) {
			return path
		}
	case []any:
		for _, e := range v {
			if at := whereIs(e, text, path+"[]"); at != "" {
				return at
			}
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			at := strings.TrimPrefix(path+"."+k, ".")
			if strings.Contains(k, text) {
				return at
			}
			if at := whereIs(v[k], text, at); at != "" {
				return at
			}
		}
	}
	return ""
}
