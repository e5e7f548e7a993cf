// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// framesOpening are the cases of opening handshakes that no library sends.
func framesOpening(s *suite) {
	usual := UsualOpening()
	accepted := func(slug string, openings ...Opening) {
		s.checkWith(spec.FRM1, slug, oneFormat, func(ctx context.Context, p *Peer) {
			for _, o := range openings {
				p.Open(ctx, o).WantAccepted().Raw.Do(ctx, "queue_list", nil).WantStatus(200)
			}
		})
	}
	accepted("as-plain-as-can-be", usual)
	accepted("header-names-in-either-case", usual.cased(strings.ToLower), usual.cased(strings.ToUpper))
	accepted("upgrade-in-either-case", usual.With("Upgrade: WebSocket"), usual.With("Upgrade: WEBSOCKET"))
	accepted("connection-with-other-tokens",
		usual.With("Connection: keep-alive, Upgrade"), usual.With("Connection: upgrade,keep-alive"))
	accepted("headers-that-nobody-knows", usual.With("X-Zaqarwire: "+strings.Repeat("x", 1000), "Cookie: a=b; c=d",
		"Pragma: no-cache", "User-Agent: zaqarwire", "Accept-Language: eo, el;q=0.5"))
	accepted("in-pieces", usual.InPieces(1), usual.InPieces(50))
	accepted("without-white-space", usual.With("Upgrade:websocket", "Connection:Upgrade", "Sec-WebSocket-Version:13"))

	s.checkWith(spec.FRM6, "versions-of-drafts", oneFormat, func(ctx context.Context, p *Peer) {
		for _, version := range []string{"0", "7", "8", "12"} {
			if h := p.Open(ctx, usual.With("Sec-WebSocket-Version: "+version)); !h.Opened() {
				h.WantStatusBetween(400, 499).WantHeader("Sec-WebSocket-Version", Matching(`(^|[ ,])13($|[ ,])`))
			}
		}
	})

	refused := func(slug string, openings ...Opening) {
		s.checkWith(spec.FRM75, slug, oneFormat, func(ctx context.Context, p *Peer) {
			p.Open(ctx, usual).WantAccepted()
			for _, o := range openings {
				p.Open(ctx, o).WantNotOpened()
			}
			p.WantAlive(ctx)
		})
	}
	refused("another-method", usual.As("POST {path} HTTP/1.1").With("Content-Length: 0"), usual.As("HEAD {path} HTTP/1.1"))
	refused("http-1-0", usual.As("GET {path} HTTP/1.0"))
	refused("no-upgrade", usual.Without("Upgrade"), usual.With("Upgrade: h2c"), usual.With("Upgrade: websocketx"))
	refused("no-connection-upgrade", usual.Without("Connection"), usual.With("Connection: keep-alive"))
	refused("a-key-that-is-none", usual.With("Sec-WebSocket-Key: "), usual.With("Sec-WebSocket-Key: zaqarwire"),
		usual.With("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAA"), usual.With("Sec-WebSocket-Key: ????????????????????????"))

	s.checkWith(spec.FRM9, "null-and-what-only-looks-like-its-own", oneFormat, func(ctx context.Context, p *Peer) {
		for _, origin := range []string{
			"null", "http://{host}@zaqarwire.invalid", "http://zaqarwire.invalid#{host}", "http://zaqarwire.invalid?{host}",
		} {
			p.Open(ctx, usual.With("Origin: "+origin)).WantStatus(403)
		}
	})

	framesExtensions(s)
}

func framesExtensions(s *suite) {
	const header = "Sec-WebSocket-Extensions"

	s.checkWith(spec.FRM76, "no-offer", oneFormat, func(ctx context.Context, p *Peer) {
		p.Open(ctx, UsualOpening()).WantAccepted().WantNoHeader(header)
	})

	s.checkWith(spec.FRM76, "an-offer-that-nobody-knows", oneFormat, func(ctx context.Context, p *Peer) {
		p.Open(ctx, UsualOpening().With(header+": x-zaqarwire; level=7")).WantAccepted().WantNoHeader(header).
			Raw.Do(ctx, "queue_list", nil).WantStatus(200)
	})

	s.checkWith(spec.FRM76, "an-offer-of-permessage-deflate", oneFormat, func(ctx context.Context, p *Peer) {
		h := p.Open(ctx, UsualOpening().With(header+": permessage-deflate")).WantAccepted().
			WantHeader(header, absentOrDeflate())
		h.Raw.Abandon()
	})
}

// absentOrDeflate permits that the offer is declined, or taken as it was made: a
// server may say what it will do, and nothing that a client did not offer to do.
func absentOrDeflate() Matcher {
	const parameter = `(server_no_context_takeover|client_no_context_takeover|server_max_window_bits=([89]|1[0-5]))`
	taken := Matching(`^permessage-deflate( *; *` + parameter + `)*$`)
	return Matcher{
		text:  "absent, or permessage-deflate as it was offered",
		match: func(v any) bool { return v == absent || taken.match(v) },
	}
}

// cased changes the names of all headers.
func (o Opening) cased(change func(string) string) Opening {
	lines := make([]string, 0, len(o.Headers))
	for _, line := range o.Headers {
		name, value, _ := strings.Cut(line, ":")
		lines = append(lines, change(name)+":"+value)
	}
	o.Headers = lines
	return o
}
