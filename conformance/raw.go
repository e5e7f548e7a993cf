// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// Raw is a Peer over a connection whose frames the judge writes by itself. All
// that a Peer does it does, too: Do sends one good frame, and each reply is held
// to the same rules. A frame of the target's that breaks RFC 6455 ends the case.
type Raw struct {
	*Peer
	wire *framed // nil while a transcript is played back
}

// Raw opens one more connection, under the same Client-ID and project.
func (p *Peer) Raw(ctx context.Context) *Raw {
	h := p.Open(ctx, UsualOpening())
	if h.Raw == nil {
		p.scene.failHere(Failure{
			Requirement: ruleHandshake, Symptom: NoReply, Path: "opening handshake",
			Expected: "HTTP status 101", Actual: h.outcome(),
		})
	}
	return h.Raw
}

// Write writes frames to TCP at once and waits for nothing.
func (r *Raw) Write(ctx context.Context, frames ...Frame) {
	r.scene.note(r.conn, "sent in frames: "+framesShort(frames))
	r.write(ctx, frames)
}

// Break is Write for frames that break RFC 6455. What the target sends from then
// on is no longer held to it: an answer in kind is not its fault.
func (r *Raw) Break(ctx context.Context, frames ...Frame) {
	if r.wire != nil {
		r.wire.lenient.Store(true)
	}
	r.Write(ctx, frames...)
}

func (r *Raw) write(ctx context.Context, frames []Frame) {
	ctx, cancel := context.WithTimeout(ctx, r.scene.deadline())
	defer cancel()
	if r.wire == nil {
		r.unsent(r.conn.write(ctx, 0)) // played back
		return
	}
	r.unsent(r.wire.write(deadlineOf(ctx), frames...))
}

// SendFrames sends one message in the given frames, of which some may be control
// frames. Nothing is known of its echo; see SendFrame.
func (r *Raw) SendFrames(ctx context.Context, frames ...Frame) *Sent {
	s := &Sent{}
	for _, f := range frames {
		if !f.Opcode.control() {
			s.kind = Kind(f.Opcode)
			break
		}
	}
	return r.sendFrames(ctx, s, frames)
}

// SendCut sends a request in the case's format in the frames that cut makes of
// it. What its echo is tells what was read of it, so that is for the case to judge.
func (r *Raw) SendCut(ctx context.Context, request M, cut func(kind Kind, data []byte) []Frame) *Sent {
	kind := r.Format().kind()
	s := &Sent{kind: kind}
	s.action, _ = request["action"].(string)
	r.scene.noteQueue(request)
	return r.sendFrames(ctx, s, cut(kind, encoded(kind, request)))
}

// SendAllIn sends requests in one write to TCP, each a message of one frame, of
// the kind that is given for it.
func (r *Raw) SendAllIn(ctx context.Context, kinds []Kind, requests []M) []*Sent {
	all := make([]*Sent, 0, len(requests))
	frames := make([]Frame, 0, len(requests))
	for i, request := range requests {
		s := &Sent{kind: kinds[i], echo: echoOf(request), bare: bareParts(request)}
		s.action, _ = request["action"].(string)
		r.scene.noteQueue(request)
		data := encoded(s.kind, request)
		r.sending(ctx, s, data)
		all = append(all, s)
		frames = append(frames, Frame{Opcode: Opcode(s.kind), Payload: data})
	}
	r.Write(ctx, frames...)
	return all
}

func (r *Raw) sendFrames(ctx context.Context, s *Sent, frames []Frame) *Sent {
	var data []byte
	for _, f := range frames {
		if !f.Opcode.control() {
			data = append(data, f.Payload...)
		}
	}
	r.sending(ctx, s, data)
	if len(frames) > 1 {
		r.scene.note(r.conn, "sent in frames: "+framesShort(frames))
	}
	r.write(ctx, frames)
	return s
}

// WantPong judges that a pong with the payload comes in time. Other pongs may
// come before.
func (r *Raw) WantPong(ctx context.Context, payload string) {
	r.wantPong(ctx, payload, ruleOfPongs)
}

// WantPongYet is WantPong where the message around the ping is not yet ended:
// what it finds broken is the case's own requirement.
func (r *Raw) WantPongYet(ctx context.Context, payload string) { r.wantPong(ctx, payload, "") }

func (r *Raw) wantPong(ctx context.Context, payload string, rule spec.ID) {
	expected := fmt.Sprintf("a pong with the payload of the ping, %d bytes", len(payload))
	r.scene.check("WantPong", "pong", expected)
	within, cancel := context.WithTimeout(ctx, r.scene.deadline())
	defer cancel()
	if why := r.pong(within, payload); why != "" {
		r.scene.failHere(Failure{Requirement: rule, Symptom: NoReply, Path: "pong", Expected: expected, Actual: why})
	}
}

// pong waits for a pong; it says what came instead.
func (r *Raw) pong(ctx context.Context, payload string) (why string) {
	var err error
	if r.wire == nil {
		err = r.conn.ping(ctx) // played back
	} else {
		err = r.wire.pong(ctx, []byte(payload))
	}
	if err == nil {
		r.scene.remark(r.conn, fmt.Sprintf("the pong of %d B", len(payload)), &Note{What: Ponged})
		return ""
	}
	why = err.Error()
	r.scene.remark(r.conn, "no pong: "+why, &Note{What: NoPong, Text: why})
	if why == errEnded.Error() {
		why = r.end(ctx).String()
	}
	return why
}

// end reads up to the end of a connection that has ended.
func (r *Raw) end(ctx context.Context) *ending {
	for {
		e, ok := r.next(ctx, r.scene.deadline())
		if !ok {
			return &ending{err: errEnded}
		}
		r.scene.received(r.conn, nil, e)
		if e.end != nil {
			return e.end
		}
	}
}

// HalfClose ends the sending side of TCP. The connection cannot be asked
// anything from then on; what the target does with it is its own affair.
func (r *Raw) HalfClose() {
	r.scene.note(r.conn, "the sending side is ended")
	r.conn.mute = true
	if r.wire == nil {
		return // played back
	}
	half, ok := r.wire.tcp.(interface{ CloseWrite() error })
	if !ok {
		r.Skip("the transport of the target cannot end one side of a connection")
	}
	_ = half.CloseWrite() // an end that came first is what the case finds
}

// WriteInPieces makes each write to TCP hold at most n bytes from now on; 0: all.
func (r *Raw) WriteInPieces(n int) {
	if r.wire != nil {
		r.wire.piece.Store(int64(n))
	}
}

// ReadSlowly reads from TCP little by little from now on, out of small buffers.
func (r *Raw) ReadSlowly() {
	if r.wire == nil {
		return // played back
	}
	if tcp, ok := below(r.wire.tcp).(*net.TCPConn); ok {
		// Less than a segment of the loopback device would make each wait for a timer.
		// A kernel that has its own mind makes the case weaker, not wrong.
		_ = tcp.SetReadBuffer(128 << 10)
	}
	r.wire.slow.Store(true)
}

// framesShort describes frames for a transcript: the first ones and how many.
func framesShort(frames []Frame) string {
	const shown = 6
	words := make([]string, 0, shown)
	for _, f := range frames[:min(shown, len(frames))] {
		words = append(words, f.String())
	}
	if n := len(frames) - shown; n > 0 {
		words = append(words, fmt.Sprintf("and %d more", n))
	}
	return strings.Join(words, " | ")
}

// judgeFrame finds an end that was brought about by a frame of the target's that
// breaks RFC 6455.
func (s *scene) judgeFrame(c *conn, end *ending) {
	if c.raw && !end.closed() {
		s.failHere(Failure{
			Requirement: ruleFrame, Symptom: BadShape, Path: "frame",
			Expected: "frames that obey RFC 6455", Actual: end.err.Error(),
		})
	}
}

// throttle reads from TCP at once, or little by little.
type throttle struct{ w *framed }

func (t throttle) Read(p []byte) (int, error) {
	if t.w.slow.Load() {
		p = p[:min(len(p), 16<<10)]
		<-time.After(200 * time.Microsecond)
	}
	return t.w.tcp.Read(p)
}
