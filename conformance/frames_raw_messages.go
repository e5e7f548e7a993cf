// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// manyScripts is text of which each character is several bytes long.
const manyScripts = "é€😀ñ漢字"

// framesFragments are the cases of messages in fragments.
func framesFragments(s *suite) {
	created := func(ctx context.Context, p *Peer, cut func(kind Kind, data []byte) []Frame) *Raw {
		queue, text := p.Name(), strings.Repeat(manyScripts, 20)
		request := p.Request("queue_create", M{"queue_name": queue, "metadata": M{"text": text}})
		r := p.Raw(ctx)
		r.Receive(ctx, r.SendCut(ctx, request, cut)).WantStatus(201)
		r.Do(ctx, "queue_get", M{"queue_name": queue}).WantStatus(200).Want("body.text", text)
		return r
	}

	s.check(spec.FRM10, "fragments-of-one-byte", func(ctx context.Context, p *Peer) {
		created(ctx, p, func(kind Kind, data []byte) []Frame {
			return fragments(kind, inPieces(data, len(data))...)
		})
	})

	s.check(spec.FRM10, "fragments-of-nothing", func(ctx context.Context, p *Peer) {
		created(ctx, p, func(kind Kind, data []byte) []Frame {
			return fragments(kind, nil, data[:7], nil, nil, data[7:], nil)
		})
		created(ctx, p, func(kind Kind, data []byte) []Frame { return fragments(kind, nil, data) })
		created(ctx, p, func(kind Kind, data []byte) []Frame { return fragments(kind, data, nil) })
	})

	s.check(spec.FRM10, "pings-and-pongs-between-fragments", func(ctx context.Context, p *Peer) {
		const pieces = 12
		r := created(ctx, p, func(kind Kind, data []byte) []Frame {
			return between(fragments(kind, inPieces(data, pieces)...), func(i int) Frame {
				return Frame{Opcode: []Opcode{PingFrame, PongFrame}[i%2], Payload: []byte("ping " + strconv.Itoa(i))}
			})
		})
		r.WantPong(ctx, "ping "+strconv.Itoa(pieces-2))
	})

	s.checkWith(spec.FRM10, "characters-cut-in-two", onlyJSON, func(ctx context.Context, p *Peer) {
		created(ctx, p, func(kind Kind, data []byte) []Frame {
			return fragments(kind, bytes.SplitAfter(data, []byte{0xc3})...)
		})
		created(ctx, p, func(kind Kind, data []byte) []Frame {
			return fragments(kind, bytes.SplitAfter(data, []byte{0xf0, 0x9f})...)
		})
	})

	s.check(spec.FRM72, "a-ping-between-two-fragments", func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		parts := fragments(p.Format().kind(), inPieces(p.Encode(p.Request("queue_list", nil)), 2)...)

		sent := r.SendFrames(ctx, parts[0], Frame{Opcode: PingFrame, Payload: []byte("in between")})
		r.WantPongYet(ctx, "in between")

		r.Write(ctx, parts[1])
		r.Receive(ctx, sent).WantStatus(200)
	})
}

// framesSplitText are the cases of text that is not UTF-8, in fragments.
func framesSplitText(s *suite) {
	// What is before the bar is in the first fragment, what is behind it in the
	// second.
	refused := func(slug string, bad ...string) {
		s.checkWith(spec.FRM14, slug, onlyJSON, func(ctx context.Context, p *Peer) {
			message := func(text string) []Frame {
				before, after, _ := strings.Cut(text, "|")
				request := p.Encode(p.Request("queue_list", nil, Key("odd", here)))
				begin, end, _ := bytes.Cut(request, []byte(here))
				return fragments(Text, append(begin, before...), append([]byte(after), end...))
			}
			good := p.Raw(ctx)
			good.Receive(ctx, good.SendFrames(ctx, message("\xe2\x82|\xac")...)).WantStatus(200)

			for _, text := range bad {
				r := p.Raw(ctx)
				r.SendFrames(ctx, message(text)...)
				r.WantClosed(ctx)
			}
		})
	}
	refused("not-utf-8-in-a-fragment", "\xff|é", "é|\xff", "\xc0\xaf|", "|\xed\xa0\x80")
	refused("not-utf-8-across-fragments", "\xc3|x", "\xe2\x82|\xc3", "\xf0\x9f|é", "\xed|\xa0\x80", "\xf4|\x90\x80\x80")
}

// framesControl are the cases of pings, pongs and close frames.
func framesControl(s *suite) {
	s.checkWith(spec.FRM11, "payloads-of-every-length", oneFormat, func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		for _, payload := range []string{"", "x", "\x00\xff\xfe", strings.Repeat("p", 124), strings.Repeat("\xf0", 125)} {
			r.Write(ctx, Frame{Opcode: PingFrame, Payload: []byte(payload)})
			r.WantPong(ctx, payload)
		}
		r.WantAlive(ctx)
	})

	s.checkWith(spec.FRM11, "the-last-of-many", oneFormat, func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		frames := make([]Frame, 0, 50)
		for i := range cap(frames) {
			frames = append(frames, Frame{Opcode: PingFrame, Payload: []byte(strconv.Itoa(i))})
		}
		r.Write(ctx, frames...)

		r.WantPong(ctx, strconv.Itoa(len(frames)-1))
		r.WantAlive(ctx)
	})

	s.checkWith(spec.FRM74, "pongs-that-nobody-asked-for", oneFormat, func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		for _, payload := range []string{"", "zaqarwire", strings.Repeat("\xff", 125)} {
			r.Write(ctx, Frame{Opcode: PongFrame, Payload: []byte(payload)})
			unechoed(ctx, r.Peer, r.Request("queue_list", nil)).Want("request.action", "queue_list").WantStatus(200)
		}
	})

	s.checkWith(spec.FRM13, "close-frames-of-every-length", oneFormat, func(ctx context.Context, p *Peer) {
		for _, bye := range []Frame{{Opcode: CloseFrame}, farewell(1000, ""), farewell(3000, strings.Repeat("é", 61))} {
			r := p.Raw(ctx)
			r.Do(ctx, "queue_list", nil).WantStatus(200)

			r.Write(ctx, bye)
			r.WantCloseFrame(ctx)
		}
	})

	s.check(spec.FRM13, "behind-a-request", func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		r.Send(ctx, "queue_list", nil)

		r.Write(ctx, farewell(1000, ""))
		r.WantCloseFrame(ctx)
	})

	s.check(spec.FRM13, "between-fragments", func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		parts := fragments(p.Format().kind(), inPieces(p.Encode(p.Request("queue_list", nil)), 2)...)

		r.SendFrames(ctx, parts[0])
		r.Write(ctx, farewell(1000, ""))
		r.WantCloseFrame(ctx)
	})
}
