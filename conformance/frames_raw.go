// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// breach is a frame, or some, that break one rule of RFC 6455: whole is a good
// request in a frame of its own, to be spoilt.
type breach struct {
	slug string
	make func(whole Frame) [][]Frame
}

// each breaks the rule once in each of the ways.
func each(ways ...[]Frame) [][]Frame { return ways }

// framesBroken are the cases of frames that break RFC 6455. Each shows first that
// the target answers the same request in a good frame.
func framesBroken(s *suite) {
	for i, breaches := range [][]breach{breachesOfControl(), breachesOfHead(), breachesOfLength(), breachesOfFragments()} {
		rule := Rule{}
		if i == 0 {
			rule = oneFormat
		}
		for _, b := range breaches {
			s.checkWith(spec.FRM15, b.slug, rule, func(ctx context.Context, p *Peer) {
				request := p.Encode(p.Request("queue_list", nil))
				whole := Frame{Opcode: Opcode(p.Format().kind()), Payload: request}
				for _, frames := range b.make(whole) {
					r := p.Raw(ctx)
					r.Receive(ctx, r.SendFrames(ctx, whole)).WantStatus(200)

					r.Break(ctx, frames...)
					r.WantClosed(ctx)
				}
				p.WantAlive(ctx)
			})
		}
	}

	s.checkWith(spec.FRM20, "frames-that-break-rfc-6455", oneFormat, func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		r.Do(ctx, "queue_list", nil).WantStatus(200)

		r.Break(ctx, Frame{Opcode: PingFrame, Reserved: RSV2})
		r.WantCloseFrame(ctx, 1002)
	})
}

func breachesOfHead() []breach {
	reserved := func(bit byte) func(Frame) [][]Frame {
		return func(whole Frame) [][]Frame {
			whole.Reserved = bit
			return each([]Frame{whole}, []Frame{{Opcode: PingFrame, Reserved: bit}})
		}
	}
	opcodes := func(first, last Opcode) func(Frame) [][]Frame {
		return func(whole Frame) (ways [][]Frame) {
			for o := first; o <= last; o++ {
				odd := whole
				odd.Opcode = o
				if o.control() {
					odd.Payload = nil
				}
				ways = append(ways, []Frame{odd})
			}
			return ways
		}
	}
	return []breach{
		{"without-a-mask", func(whole Frame) [][]Frame {
			whole.Unmasked = true
			return each([]Frame{whole}, []Frame{{Opcode: PingFrame, Unmasked: true}})
		}},
		{"with-reserved-bit-1", reserved(RSV1)},
		{"with-reserved-bit-2", reserved(RSV2)},
		{"with-reserved-bit-3", reserved(RSV3)},
		{"reserved-opcodes-of-data", opcodes(0x3, 0x7)},
		{"reserved-opcodes-of-control", opcodes(0xb, 0xf)},
	}
}

func breachesOfLength() []breach {
	// wider are requests whose length is written in more bits than it needs.
	wider := func(width int, sizes ...int) func(Frame) [][]Frame {
		return func(whole Frame) (ways [][]Frame) {
			for _, size := range sizes {
				odd := whole
				odd.Width = width
				odd.Payload = stretched(whole, size)
				ways = append(ways, []Frame{odd})
			}
			return ways
		}
	}
	return []breach{
		{"length-of-16-bits-for-one-of-7", func(whole Frame) [][]Frame {
			ping := func(size int) []Frame {
				return []Frame{{Opcode: PingFrame, Width: 16, Payload: make([]byte, size)}}
			}
			return append(wider(16, 0, 1, 125)(whole), ping(0), ping(125))
		}},
		{"length-of-64-bits-for-one-of-7", wider(64, 0, 1, 125)},
		{"length-of-64-bits-for-one-of-16", wider(64, 126, 1000, 65535)},
		{"length-with-the-highest-bit", func(whole Frame) [][]Frame {
			top := func(rest int) []Frame {
				odd := whole
				odd.Claim, odd.Payload = 1<<63|uint64(rest), whole.Payload[:rest]
				return []Frame{odd}
			}
			return each(top(len(whole.Payload)), top(0))
		}},
	}
}

// stretched is the payload of a request with white space, or what else its format
// ignores, up to a size; cut short where the request is longer.
func stretched(whole Frame, size int) []byte {
	if size <= len(whole.Payload) {
		return whole.Payload[:size]
	}
	return append(append([]byte{}, whole.Payload...), strings.Repeat(" ", size-len(whole.Payload))...)
}

func breachesOfControl() []breach {
	long := func(size int) []byte { return []byte(strings.Repeat("x", size)) }
	goodbye := farewell(1000, strings.Repeat("x", 124))
	fragmented := func(o Opcode, payload []byte) []Frame {
		return []Frame{{Opcode: o, Payload: payload, More: true}, {Opcode: Continuation}}
	}
	return []breach{
		{"ping-longer-than-125-bytes", func(Frame) [][]Frame {
			return each([]Frame{{Opcode: PingFrame, Payload: long(126)}}, []Frame{{Opcode: PingFrame, Payload: long(70000)}})
		}},
		{"pong-longer-than-125-bytes", func(Frame) [][]Frame {
			return each([]Frame{{Opcode: PongFrame, Payload: long(126)}})
		}},
		{"close-frame-longer-than-125-bytes", func(Frame) [][]Frame { return each([]Frame{goodbye}) }},
		{"ping-in-fragments", func(Frame) [][]Frame { return each(fragmented(PingFrame, []byte("x"))) }},
		{"pong-in-fragments", func(Frame) [][]Frame { return each(fragmented(PongFrame, nil)) }},
		{"close-frame-in-fragments", func(Frame) [][]Frame {
			return each(fragmented(CloseFrame, farewell(1000, "").Payload), fragmented(CloseFrame, nil))
		}},
		{"close-frame-of-one-byte", func(Frame) [][]Frame {
			return each([]Frame{{Opcode: CloseFrame, Payload: []byte{3}}})
		}},
		{"close-frame-with-a-status-that-is-none", func(Frame) (ways [][]Frame) {
			for _, status := range []int{0, 999, 1005, 1006, 1015} {
				ways = append(ways, []Frame{farewell(status, "")})
			}
			return ways
		}},
		{"close-frame-whose-reason-is-not-utf-8", func(Frame) [][]Frame {
			return each([]Frame{farewell(1000, "\xff")}, []Frame{farewell(1000, "bye\xc3")})
		}},
	}
}

func breachesOfFragments() []breach {
	return []breach{
		{"continuation-of-nothing", func(whole Frame) [][]Frame {
			whole.Opcode = Continuation
			unfinished := whole
			unfinished.More = true
			return each([]Frame{whole}, []Frame{unfinished})
		}},
		{"continuation-of-a-message-that-ended", func(whole Frame) [][]Frame {
			parts := fragments(Kind(whole.Opcode), inPieces(whole.Payload, 2)...)
			return each(append(parts, Frame{Opcode: Continuation, Payload: whole.Payload}))
		}},
		{"a-message-within-the-fragments-of-another", func(whole Frame) [][]Frame {
			begin := fragments(Kind(whole.Opcode), inPieces(whole.Payload, 2)...)[0]
			other := whole
			other.Opcode = TextFrame + BinaryFrame - whole.Opcode
			return each([]Frame{begin, whole}, []Frame{begin, other})
		}},
	}
}
