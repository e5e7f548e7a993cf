// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"context"
	"regexp"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// What one format alone can hold is judged in that format alone, and what has to
// do with neither is judged once.
var (
	oneFormat   = Rule{Formats: []Format{JSON}}
	onlyJSON    = Rule{Formats: []Format{JSON}}
	onlyMsgPack = Rule{Formats: []Format{MsgPack}}
	ownProject  = Rule{NeedsOwnProject: true}
	apart       = Rule{NeedsOwnProject: true, Formats: RunFormats()}
	everyFormat = Rule{Formats: RunFormats()} // for requests that follow each other
)

// frames are the cases of spec/frames.md.
func frames(s *suite) {
	framesHandshake(s)
	framesConnection(s)
	framesLength(s)
	framesOneReply(s)
	framesReplies(s)
	framesOrder(s)
	framesEcho(s)
	framesEchoOfOddRequests(s)
	framesEchoOfNothing(s)
	framesUnreadable(s)
	framesErrors(s)
	framesRefusals(s)
	framesText(s)
	framesBinary(s)
	framesStrings(s)
	framesNumbers(s)
	framesDepth(s)
	framesAction(s)
	framesRequest(s)
	framesBytes(s)
	framesUnknown(s)
	framesHeaders(s)
	framesClient(s)
	framesProject(s)
	framesProjectsApart(s)
	framesOpening(s)
	framesBroken(s)
	framesFragments(s)
	framesSplitText(s)
	framesControl(s)
	framesOwn(s)
	framesStream(s)
	framesLengthRaw(s)
	negatives(s, "frames")
}

func framesHandshake(s *suite) {
	s.check(spec.FRM1, "a-second-connection", func(ctx context.Context, p *Peer) {
		p.Bare(ctx) // which says nothing yet
		p.Handshake(ctx, Upgrade{}).WantStatus(101).
			WantHeader("Upgrade", Matching(`(?i)^websocket$`)).
			WantHeader("Connection", Matching(`(?i)\bupgrade\b`)).
			Peer.Do(ctx, "queue_list", nil).WantStatus(200)
	})

	s.checkWith(spec.FRM2, "no-offer", oneFormat, func(ctx context.Context, p *Peer) {
		p.Handshake(ctx, Upgrade{}).WantNoHeader("Sec-WebSocket-Protocol")
	})

	s.checkWith(spec.FRM2, "offers-that-nobody-knows", oneFormat, func(ctx context.Context, p *Peer) {
		p.Handshake(ctx, Upgrade{Subprotocols: []string{"zaqarwire-a", "zaqarwire-b"}}).
			WantHeader("Sec-WebSocket-Protocol", absentOr("zaqarwire-a", "zaqarwire-b"))
	})

	s.checkWith(spec.FRM2, "an-offer-of-zaqar-v2", oneFormat, func(ctx context.Context, p *Peer) {
		p.Handshake(ctx, Upgrade{Subprotocols: []string{"zaqarwire-a", "zaqar.v2"}}).
			WantHeader("Sec-WebSocket-Protocol", absentOr("zaqarwire-a", "zaqar.v2"))
	})

	s.checkWith(spec.FRM3, "an-offer-of-zaqar-v2", oneFormat, func(ctx context.Context, p *Peer) {
		p.Handshake(ctx, Upgrade{Subprotocols: []string{"zaqarwire-a"}}).WantNoHeader("Sec-WebSocket-Protocol")
		p.Handshake(ctx, Upgrade{Subprotocols: []string{"zaqarwire-a", "zaqar.v2"}}).
			WantHeader("Sec-WebSocket-Protocol", "zaqar.v2")
	})

	s.checkWith(spec.FRM6, "a-version-that-there-is-not", oneFormat, func(ctx context.Context, p *Peer) {
		version := func(v string) *Handshake {
			return p.Handshake(ctx, Upgrade{Header: map[string]string{"Sec-WebSocket-Version": v}})
		}

		version("13").WantStatus(101)
		for _, v := range []string{"14", "99", "255"} {
			version(v).WantStatusBetween(400, 499).
				WantHeader("Sec-WebSocket-Version", Matching(`(^|[ ,])13($|[ ,])`))
		}
	})

	s.checkWith(spec.FRM7, "no-key", oneFormat, func(ctx context.Context, p *Peer) {
		p.Handshake(ctx, Upgrade{Header: map[string]string{"Sec-WebSocket-Version": "13"}}).WantStatus(101)
		p.Handshake(ctx, Upgrade{Header: map[string]string{"Sec-WebSocket-Key": ""}}).WantStatusBetween(400, 499)
	})

	s.checkWith(spec.FRM8, "a-plain-get", oneFormat, func(ctx context.Context, p *Peer) {
		p.Handshake(ctx, Upgrade{Plain: true}).WantStatus(426)
	})

	s.checkWith(spec.FRM80, "a-query-that-names-a-place", oneFormat, func(ctx context.Context, p *Peer) {
		for _, name := range []string{"redirect", "url", "next"} {
			for _, place := range []string{"http://zaqarwire.invalid/", "//zaqarwire.invalid/"} {
				p.Handshake(ctx, Upgrade{Plain: true, Path: "/?" + name + "=" + place}).
					WantHeader("Location", notTo("zaqarwire.invalid")).WantHeader("Refresh", notTo("zaqarwire.invalid"))
			}
		}
	})

	s.checkWith(spec.FRM9, "a-foreign-origin", oneFormat, func(ctx context.Context, p *Peer) {
		p.Handshake(ctx, Upgrade{Header: map[string]string{"Origin": "https://zaqarwire.invalid"}}).WantStatus(403)
	})
}

// absentOr permits no header, or one of the given values.
func absentOr(values ...string) Matcher {
	return Matcher{text: "absent, " + or(values), match: func(v any) bool {
		for _, permitted := range values {
			if v == permitted {
				return true
			}
		}
		return v == absent
	}}
}

// notTo permits no header, or one that leads to another host; the target's own may
// carry the name in its path or query.
func notTo(host string) Matcher {
	leads := Matching(`(?i)(^|url=['"]?)(https?:)?//` + regexp.QuoteMeta(host))
	return Matcher{text: "absent, or not to " + host, match: func(v any) bool { return !leads.match(v) }}
}

func framesConnection(s *suite) {
	s.check(spec.FRM10, "in-fragments", func(ctx context.Context, p *Peer) {
		for _, n := range []int{2, 3, 100} {
			body := M{"queue_name": p.Name(), "metadata": M{"text": strings.Repeat("é€😀", 40)}}

			p.Receive(ctx, p.SendFragments(ctx, n, "queue_create", body)).WantStatus(201).Want("request.body", body)
			p.Do(ctx, "queue_get", M{"queue_name": body["queue_name"]}).Want("body.text", strings.Repeat("é€😀", 40))
		}
	})

	s.checkWith(spec.FRM11, "two-pings", oneFormat, func(ctx context.Context, p *Peer) {
		p.Ping(ctx)
		p.Ping(ctx)

		p.WantAlive(ctx)
	})

	s.checkWith(spec.FRM13, "close-frames", oneFormat, func(ctx context.Context, p *Peer) {
		for _, status := range []int{1000, 1001, 3999, 4000} {
			q := p.Another(ctx)
			q.Do(ctx, "queue_list", nil).WantStatus(200)

			q.Close(ctx, status, "bye")
			q.WantCloseFrame(ctx)
		}
	})

	// What is no UTF-8: a byte of no character, one cut short, one written too
	// long, and half a pair of surrogates.
	notUTF8 := []string{"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80"}

	s.checkWith(spec.FRM14, "text-that-is-not-utf-8", onlyJSON, func(ctx context.Context, p *Peer) {
		p.DoFrame(ctx, Text, spoil(p, p.Request("queue_list", nil, Key("odd", here)), `"é"`)).WantStatus(200)
		for _, bytes := range notUTF8 {
			q := p.Another(ctx)
			q.SendFrame(ctx, Text, spoil(p, p.Request("queue_list", nil, Key("odd", here)), `"`+bytes+`"`))
			q.WantClosed(ctx)
		}
	})

	s.checkWith(spec.FRM20, "text-that-is-not-utf-8", onlyJSON, func(ctx context.Context, p *Peer) {
		p.SendFrame(ctx, Text, spoil(p, p.Request("queue_list", nil, Key("odd", here)), "\"\xff\""))
		p.WantCloseFrame(ctx, 1007)
	})
}

func framesLength(s *suite) {
	s.check(spec.FRM16, "longer-than-max-frame", func(ctx context.Context, p *Peer) {
		data := padded(p, p.Name(), p.Limit("max_frame")+1)

		if a := p.ReceiveOrClosed(ctx, p.SendFrame(ctx, p.Format().kind(), data)); a != nil {
			a.WantStatus(201, 400)
		}
	})

	s.check(spec.FRM17, "longer-than-max-frame", func(ctx context.Context, p *Peer) {
		data := padded(p, p.Name(), p.Limit("max_frame")+1)

		p.SendFrame(ctx, p.Format().kind(), data)
		p.WantClosed(ctx, 1009)
	})

	s.check(spec.FRM18, "as-long-as-max-frame", func(ctx context.Context, p *Peer) {
		for _, less := range []int64{1, 0} {
			p.DoFrame(ctx, p.Format().kind(), padded(p, p.Name(), p.Limit("max_frame")-less)).WantStatus(201)
		}
	})
}

// padded is a queue_create of exactly size bytes. An unknown key at the top
// level fills it up: it is not echoed, so the reply is short.
func padded(p *Peer, queue string, size int64) []byte {
	request := p.Request("queue_create", M{"queue_name": queue})
	fill := size
	for range 3 { // the head of a MessagePack string grows with its length
		request["padding"] = strings.Repeat("x", int(fill))
		fill -= int64(len(p.Encode(request))) - size
	}
	return p.Encode(request)
}

// here is where a request is to be spoilt.
const here = "HERE"

// spoil encodes a request in which the string here stands, and puts raw bytes
// in its place: a value that no encoder would write.
func spoil(p *Peer, request M, raw string) []byte {
	return bytes.Replace(p.Encode(request), p.Encode(here), []byte(raw), 1)
}
