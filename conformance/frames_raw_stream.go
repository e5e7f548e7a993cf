// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// framesOwn judges the frames of the target: all lengths that are written in
// another way, and each kind of frame that it has a reason to send. That its
// frames obey is judged in every case with a raw connection.
func framesOwn(s *suite) {
	s.checkWith(spec.FRM73, "replies-of-every-length", Rule{}.atLeast(128<<10, "max_frame"), func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		r.Receive(ctx, r.SendFrames(ctx, Frame{Opcode: Opcode(p.Format().kind())})).WantError(400)
		least := r.Do(ctx, "queue_list", M{"padding": ""}).Size()
		// A reply grows by as much as the body that it echoes, and from 65536 bytes
		// on its length is written in 64 bits; a string's own head may grow, too.
		for size := 65530; size <= 65540; size++ {
			r.Do(ctx, "queue_list", M{"padding": strings.Repeat("x", size-least)}).WantStatus(200)
		}
		r.Do(ctx, "queue_list", M{"padding": strings.Repeat("x", 100000)}).WantStatus(200)
	})

	s.checkWith(spec.FRM73, "control-frames", oneFormat, func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		r.Write(ctx, Frame{Opcode: PingFrame}, Frame{Opcode: PingFrame, Payload: []byte(strings.Repeat("p", 125))})
		r.WantPong(ctx, strings.Repeat("p", 125))
		r.Do(ctx, "queue_list", nil).WantStatus(200)

		r.Write(ctx, farewell(1000, strings.Repeat("x", 123)))
		r.WantClosed(ctx)
	})
}

// framesStream are the cases of how messages lie in the stream of TCP.
func framesStream(s *suite) {
	numbered := func(p *Peer, n int) []M {
		requests := make([]M, 0, n)
		for i := range n {
			requests = append(requests, p.Request("queue_list", M{"limit": 1}, Header("Number", strconv.Itoa(i))))
		}
		return requests
	}
	// kinds are as many kinds of messages, the case's own or each in turn.
	kinds := func(n int, of ...Kind) []Kind {
		all := make([]Kind, 0, n)
		for i := range n {
			all = append(all, of[i%len(of)])
		}
		return all
	}
	answered := func(ctx context.Context, r *Raw, sent []*Sent) {
		for _, one := range sent {
			r.Receive(ctx, one).WantStatus(200)
		}
	}

	s.checkWith(spec.FRM26, "a-thousand-at-once", oneFormat, func(ctx context.Context, p *Peer) {
		const n = 1000
		r := p.Raw(ctx)
		answered(ctx, r, r.SendAllIn(ctx, kinds(n, p.Format().kind()), numbered(p, n)))
	})

	s.checkWith(spec.FRM26, "a-hundred-of-both-kinds-at-once", oneFormat, func(ctx context.Context, p *Peer) {
		const n = 100
		r := p.Raw(ctx)
		answered(ctx, r, r.SendAllIn(ctx, kinds(n, Text, Binary, Binary, Text, Text), numbered(p, n)))
	})

	s.check(spec.FRM25, "in-pieces-of-one-byte", func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		r.WriteInPieces(1)
		r.Do(ctx, "queue_list", nil).WantStatus(200)
		r.WriteInPieces(0)
		r.Do(ctx, "queue_list", nil).WantStatus(200)
	})

	s.check(spec.FRM25, "in-pieces-that-end-anywhere", func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		r.WriteInPieces(7) // a head is 8 bytes long
		answered(ctx, r, r.SendAllIn(ctx, kinds(4, p.Format().kind()), numbered(p, 4)))
	})

	roomyJSON := Rule{Formats: []Format{JSON}, Least: roomy().Least}.atLeast(16<<10, "max_messages_post_size")
	s.checkWith(spec.FRM25, "replies-that-are-read-slowly", roomyJSON, func(ctx context.Context, p *Peer) {
		queue := p.NewQueue(ctx)
		body := strings.Repeat("x", int(p.Limit("max_messages_post_size"))-1000)
		for range 4 {
			p.Post(ctx, queue, body)
		}
		r := p.Raw(ctx)
		r.ReadSlowly()
		list := p.Request("message_list", M{"queue_name": queue, "echo": true})
		for _, one := range r.SendAllIn(ctx, kinds(6, p.Format().kind()), []M{list, list, list, list, list, list}) {
			// A server may end a connection that is read too slowly (FRM-24).
			if a := r.ReceiveOrClosed(ctx, one); a != nil {
				a.WantStatus(200).Want("body.messages[*].body", L{body, body, body, body})
			}
		}
		r.Abandon() // it may be ended at any moment
	})

	s.check(spec.FRM25, "behind-the-request-the-sending-side-ends", func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		sent := r.Send(ctx, "queue_list", nil)
		r.HalfClose()
		if a := r.ReceiveOrClosed(ctx, sent); a != nil { // FRM-77
			a.WantStatus(200)
		}
	})
}

// framesLengthRaw are the cases of messages that are long in many fragments.
func framesLengthRaw(s *suite) {
	cut := func(p *Peer, data []byte) []Frame {
		return fragments(p.Format().kind(), inPieces(data, 1+len(data)/(32<<10))...)
	}

	s.check(spec.FRM16, "longer-than-max-frame-in-fragments", func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		long := padded(p, p.Name(), p.Limit("max_frame")+1)
		if a := r.ReceiveOrClosed(ctx, r.SendFrames(ctx, cut(p, long)...)); a != nil {
			a.WantStatus(201, 400)
		}
	})

	s.checkWith(spec.FRM16, "a-length-beyond-all-memory", oneFormat, func(ctx context.Context, p *Peer) {
		// Nothing is due to a message that is not yet there; what is due is that
		// it costs nobody else anything.
		for range 3 {
			r := p.Raw(ctx)
			r.Write(ctx, Frame{Opcode: BinaryFrame, Claim: 1 << 40, Payload: []byte("a")})
			for range 3 { // while the server reads it
				p.Do(ctx, "queue_list", nil).WantStatus(200)
			}
			r.Abandon()
			p.Do(ctx, "queue_list", nil).WantStatus(200)
		}
	})

	s.check(spec.FRM18, "as-long-as-max-frame-in-fragments", func(ctx context.Context, p *Peer) {
		r := p.Raw(ctx)
		r.Receive(ctx, r.SendFrames(ctx, cut(p, padded(p, p.Name(), p.Limit("max_frame")))...)).WantStatus(201)
	})
}
