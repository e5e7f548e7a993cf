// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"math"

	"github.com/zaqarwire/zaqarwire/spec"
)

// everyKind is a value of each kind, at the ends of what there is of it.
func everyKind() M {
	return M{
		"null": nil, "true": true, "false": false,
		"integers": L{0, 1, -1, 127, 128, -32, -33, 255, 256, 65535, 65536, -129, -32769, 1<<53 + 1, math.MinInt64, uint64(math.MaxUint64)},
		"floats":   L{0.0, 1.0, -1.5, 0.1, 1e300, 5e-324, math.MaxFloat64, 1e22, 9007199254740993.0},
		"strings":  L{"", "a", "é€😀", "null", "1"},
		"lists":    L{L{}, L{L{}}, L{nil, L{1, 1.0}}},
		"maps":     M{"": M{}, "a": M{"b": L{M{"c": nil}}}, "A": 1},
	}
}

func framesEcho(s *suite) {
	// Do judges the echo of every reply; these are requests that are hard to echo.
	s.check(spec.FRM30, "a-body-of-every-kind-of-value", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_list", M{"odd": everyKind()}).WantStatus(200).Want("request.body", M{"odd": everyKind()})
	})

	s.check(spec.FRM30, "headers-of-every-kind-of-value", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_list", nil, Header("Odd", everyKind()), Header("", 1)).WantStatus(200).
			Want("request.headers.Odd", everyKind())
	})

	s.check(spec.FRM30, "odd-texts", func(ctx context.Context, p *Peer) {
		for _, text := range oddTexts() {
			p.Do(ctx, "queue_list", M{text: text}, Header(text, text)).WantStatus(200).Want("request.body", M{text: text})
		}
	})
}

func framesEchoOfOddRequests(s *suite) {
	s.check(spec.FRM30, "refused-requests", func(ctx context.Context, p *Peer) {
		queue := p.Name()

		for _, action := range (L{"nothing", "", "QUEUE_LIST", 7, 1.5, true}) {
			p.Do(ctx, "", M{"odd": everyKind()}, Key("action", action), Header("Odd", 7)).WantError(400).
				Want("request.action", action).
				Want("request.body", M{"odd": everyKind()}).
				Want("request.headers.Odd", 7)
		}
		p.Do(ctx, "queue_create", M{"queue_name": L{queue}, "odd": 1}, Header("Odd", 7)).WantError(400).
			Want("request.body", M{"queue_name": L{queue}, "odd": 1})
		p.Do(ctx, "queue_create", M{"queue_name": queue}, NoHeader("Client-ID")).WantError(400).
			Want("request.headers", M{"X-Project-ID": p.Project()})
		p.Do(ctx, "message_list", M{"queue_name": queue, "odd": 1}).WantError(404).
			Want("request.body", M{"queue_name": queue, "odd": 1})
	})

	s.check(spec.FRM30, "a-body-that-is-no-map", func(ctx context.Context, p *Peer) {
		for _, body := range (L{nil, "text", 7, L{1}}) {
			p.Do(ctx, "queue_get", nil, Key("body", body)).WantError(400).Want("request.body", body)
		}
	})

	bare := func(id spec.ID, slug string, values L) {
		s.check(id, slug, func(ctx context.Context, p *Peer) {
			for _, headers := range values {
				p.Do(ctx, "queue_list", nil, Key("headers", headers)).WantError(400).Want("request.headers", headers)
			}
		})
	}
	bare(spec.FRM30, "headers-that-are-no-map", L{L{"Client-ID"}, L{M{"X-Project-ID": "p"}, 1}, "text", 7, true})
	bare(spec.FRM83, "headers-that-are-no-map-and-empty", hollow())

	s.checkWith(spec.FRM30, "each-action", everyFormat, func(ctx context.Context, p *Peer) {
		b := newBench(ctx, p)
		for _, c := range b.offered(p) {
			p.Do(ctx, c.action, setting(c.body, "odd", 1), Header("Odd", 1)).
				Want("request.action", c.action).
				Want("request.body", setting(c.body, "odd", 1)).
				Want("request.headers", M{"Client-ID": p.Client(), "X-Project-ID": p.Project(), "Odd": 1})
		}
	})

	s.check(spec.FRM30, "credentials-among-the-headers", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_list", nil, Header("X-Auth-Token", "secret"), Header("Odd", 1)).
			Want("request.headers", Having(M{"Client-ID": p.Client(), "X-Project-ID": p.Project(), "Odd": 1}))
	})

	s.checkWith(spec.FRM30, "numbers-as-they-are-written", onlyJSON, func(ctx context.Context, p *Peer) {
		raw := `[1.0, 1e2, 1E+2, 25e-1, -0, -0.0, 100000000000000000000.0, 18446744073709551615]`
		p.DoFrame(ctx, Text, spoil(p, p.Request("queue_list", M{"odd": here}), raw)).WantStatus(200).
			Want("request.body.odd", L{1.0, 100.0, 100.0, 2.5, 0, 0.0, 1e20, uint64(math.MaxUint64)})
	})

	s.checkWith(spec.FRM30, "numbers-in-every-encoding", onlyMsgPack, func(ctx context.Context, p *Peer) {
		raw := "\x9a\x01\xcc\x01\xcd\x00\x01\xce\x00\x00\x00\x01\xcf\x00\x00\x00\x00\x00\x00\x00\x01" +
			"\xd0\x01\xd1\x00\x01\xd2\x00\x00\x00\x01\xd3\xff\xff\xff\xff\xff\xff\xff\xff\xca\x3f\xc0\x00\x00"
		p.DoFrame(ctx, Binary, spoil(p, p.Request("queue_list", M{"odd": here}), raw)).WantStatus(200).
			Want("request.body.odd", L{1, 1, 1, 1, 1, 1, 1, 1, -1, 1.5})
	})
}

func framesEchoOfNothing(s *suite) {
	s.check(spec.FRM31, "no-body", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_list", nil, NoKey("body")).WantStatus(200).Want("request.body", M{})
		p.Do(ctx, "queue_get", nil, NoKey("body")).WantError(400).Want("request.body", M{})
		p.Do(ctx, "nothing", nil, NoKey("body")).WantError(400).Want("request.body", M{})
	})

	s.check(spec.FRM31, "no-headers", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_list", nil, NoKey("headers")).WantError(400).Want("request.headers", M{})
		p.Do(ctx, "nothing", nil, NoKey("headers")).WantError(400).Want("request.headers", M{})
	})

	s.check(spec.FRM31, "headers-that-are-null", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_list", nil, Key("headers", nil)).WantError(400).Want("request.headers", M{})
	})

	s.check(spec.FRM31, "no-action", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "", M{"queue_name": p.Name()}, NoKey("action")).WantError(400).Want("request.action", nil)
	})

	s.check(spec.FRM32, "whatever-was-asked", func(ctx context.Context, p *Peer) {
		p.Do(ctx, "queue_list", nil).Want("request.api", "v2")
		p.Do(ctx, "queue_list", nil, Key("api", "v2")).WantStatus(200).Want("request.api", "v2")
		p.Do(ctx, "queue_list", nil, Key("api", "v1")).Want("request.api", "v2")
		p.Do(ctx, "queue_list", nil, Key("api", 7)).Want("request.api", "v2")
		p.Do(ctx, "nothing", nil).WantError(400).Want("request.api", "v2")
		p.Do(ctx, "queue_get", M{"queue_name": 7}).WantError(400).Want("request.api", "v2")
		p.Ask(ctx, L{}).WantError(400).Want("request.api", "v2")
		p.DoFrame(ctx, p.Format().kind(), nil).WantError(400).Want("request.api", "v2")
	})

	s.check(spec.FRM33, "a-token-and-a-signature", func(ctx context.Context, p *Peer) {
		for _, action := range []string{"queue_list", "nothing"} {
			p.Do(ctx, action, nil, Header("X-Auth-Token", "secret")).WantAbsent("request.headers.X-Auth-Token")
			p.Do(ctx, action, nil, Header("URL-Signature", "secret"), Header("URL-Methods", L{"GET"})).
				WantAbsent("request.headers.URL-Signature")
		}
	})
}
