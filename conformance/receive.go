// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// Receive takes the next message as the reply to s and judges it as Do does.
func (p *Peer) Receive(ctx context.Context, s *Sent) *Answer {
	a := p.receive(ctx, s, ruleOneReply)
	if a.end != nil {
		p.scene.failHere(Failure{
			Symptom: Closed, Path: "reply", // FRM-25 permits it; what forbids it is the case's own rule
			Expected: "one reply, the connection stays open", Actual: a.end.String(),
		})
	}
	return a
}

// ReceiveOrClosed is Receive where a sentence also permits that the connection
// is closed: with one of the statuses, if it gives one and any are listed. It
// returns nil if it was.
func (p *Peer) ReceiveOrClosed(ctx context.Context, s *Sent, statuses ...int) *Answer {
	a := p.receive(ctx, s, "") // neither is against the case's own rule
	if a.end == nil {
		a.read(Question{What: Freely, Path: "connection"})
		return a
	}
	p.judgeEnding(a.end, "one reply, or ", statuses)
	return nil
}

// receive takes the next message as the reply to s; silence breaks the rule.
func (p *Peer) receive(ctx context.Context, s *Sent, rule spec.ID) *Answer {
	a := p.nextReply(ctx, s, rule)
	if a.end != nil {
		return a
	}
	p.answered(s, a)
	p.scene.judge(s, a)
	return a
}

// nextReply waits for the next message that is no notification, or the end; silence
// breaks the rule.
func (p *Peer) nextReply(ctx context.Context, s *Sent, rule spec.ID) *Answer {
	for {
		e, ok := p.next(ctx, p.scene.patience(s.action))
		if !ok {
			p.noReply(rule)
		}
		if a := p.scene.received(p.conn, s, e); a.end != nil || !p.hears(a) {
			return a
		}
	}
}

// answered strikes s off the list, and judges the order of pipelined replies.
func (p *Peer) answered(s *Sent, a *Answer) {
	rest := (*p.awaited)[:0]
	for _, other := range *p.awaited {
		if other != s {
			rest = append(rest, other)
		}
	}
	*p.awaited = rest
	echo, ok := lookup(a.value, "request").(M)
	if !ok || s.echo == nil || sameEcho(echo, s.echo) {
		return
	}
	for _, other := range rest {
		if other.echo != nil && sameEcho(echo, other.echo) {
			a.fail(Failure{
				Requirement: ruleOrder, Symptom: BadOrder, Path: "request",
				Expected: "the replies in the order of the requests", Actual: "the reply to a later request first",
			})
		}
	}
}

// WantAlive judges that the connection still answers, whatever the status, and
// that nothing came unasked: the next message is the reply to a request that it
// sends.
func (p *Peer) WantAlive(ctx context.Context) {
	p.scene.check("WantAlive", "reply", "the next reply is that to the next request")
	p.probe(ctx)
}

// probe sends a request and judges only that the next message is its reply.
func (p *Peer) probe(ctx context.Context) {
	name := p.scene.fresh()
	s := p.Send(ctx, "queue_get", M{"queue_name": name})
	a := p.nextReply(ctx, s, ruleOneReply)
	if a.end != nil {
		p.scene.failHere(Failure{
			Requirement: ruleOneReply, Symptom: Closed, Path: "connection",
			Expected: "open, and one reply to the next request", Actual: a.end.String(),
		})
	}
	*p.awaited = nil
	a.judged(Question{What: OfProbe, Want: name})
	a.wantReadable()
	if got := a.at("request.body.queue_name"); !equal(got, name) {
		a.fail(Failure{
			Requirement: ruleOneReply, Symptom: BadOrder, Path: "messages to one request",
			Expected: "one reply to each request",
			Actual:   "another message before the reply to the next request",
		})
	}
}

// next waits for a message or the end. It ends the case if the time for that is
// over; false if nothing came.
func (p *Peer) next(ctx context.Context, wait time.Duration) (event, bool) {
	e, ok := p.conn.next(ctx, wait)
	switch {
	case ok:
	case e.over:
		p.scene.remark(p.conn, "the time of the case is over", &Note{What: TimeOver})
		p.scene.give(Untested, "the time of the case was over")
	default:
		p.scene.remark(p.conn, "nothing came", &Note{What: Silence})
	}
	return e, ok
}

// heldUp is how long what has come already may take to be handed on by its reader.
const heldUp = 20 * time.Millisecond

// await waits for what comes from a channel. A process that was held up finds its time
// over and what came in time at once, so that it looks once more.
func await[T any](within context.Context, from <-chan T, wait time.Duration) (got T, open, came bool) {
	ctx, cancel := context.WithTimeout(within, wait)
	defer cancel()
	select {
	case got, open = <-from:
		return got, open, true
	case <-ctx.Done():
	}
	select {
	case got, open = <-from:
		return got, open, true
	case <-time.After(heldUp):
		return got, false, false
	}
}

// noReply ends the case because nothing came in time, against the rule; none is the
// case's own.
func (p *Peer) noReply(rule spec.ID) {
	p.scene.suspicious.Store(true)
	p.scene.failHere(Failure{
		Requirement: rule, Symptom: NoReply, Path: "reply",
		Expected: "one reply", Actual: fmt.Sprintf("none within %v", p.scene.run.deadline),
	})
}

// WantClosed judges that the target ends the connection in time: by a close
// frame with one of the statuses if any are listed, by the end of TCP or by a
// reset. Replies that come before are passed over.
func (p *Peer) WantClosed(ctx context.Context, statuses ...int) {
	end, open := p.untilEnd(ctx)
	if end == nil {
		p.scene.failHere(Failure{Symptom: NoReply, Path: "connection", Expected: closedWith(statuses), Actual: open})
	}
	p.judgeEnding(end, "", statuses)
}

// maxPassed is how many messages, and maxPassedBytes how many of their bytes, are
// passed over until a connection ends; no case has as many replies to come.
const (
	maxPassed      = 4096
	maxPassedBytes = 32 << 20
)

// untilEnd passes over what comes until the connection ends. It returns nil, and
// what to say of it, if the connection stays open.
func (p *Peer) untilEnd(ctx context.Context) (end *ending, open string) {
	size := 0
	for n, over := 0, time.Now().Add(p.scene.deadline()); n < maxPassed && size < maxPassedBytes; n++ {
		e, ok := p.next(ctx, time.Until(over))
		if !ok {
			return nil, fmt.Sprintf("open after %v", p.scene.run.deadline)
		}
		p.scene.received(p.conn, nil, e)
		if e.end != nil {
			return e.end, ""
		}
		size += len(e.data)
	}
	return nil, "open, and message after message comes"
}

func (p *Peer) judgeEnding(end *ending, also string, statuses []int) {
	p.scene.check("WantClosed", "connection", also+closedWith(statuses))
	bad := !end.closed() || end.code != 0 && len(statuses) > 0 && !oneOf(end.code, statuses)
	if bad {
		p.scene.failHere(Failure{
			Symptom: Closed, Path: "connection", Expected: also + closedWith(statuses), Actual: end.String(),
		})
	}
}

func closedWith(statuses []int) string {
	if len(statuses) == 0 {
		return "closed"
	}
	return "closed with status " + orList(statuses) + ", or without a close frame"
}

// Ping judges that a ping is answered with a pong of the same payload in time.
func (p *Peer) Ping(ctx context.Context) {
	p.scene.note(p.conn, "ping")
	within, cancel := context.WithTimeout(ctx, p.scene.deadline())
	defer cancel()
	err := p.conn.ping(within)
	if err == nil {
		p.scene.remark(p.conn, "pong", &Note{What: Ponged})
		return
	}
	why := "the connection ended first"
	if _, isPlayed := p.conn.link.(*played); isPlayed {
		why = err.Error()
	} else if errors.Is(err, context.DeadlineExceeded) {
		why = fmt.Sprintf("none within %v", p.scene.run.deadline)
	}
	p.scene.remark(p.conn, "no pong", &Note{What: NoPong, Text: why})
	p.scene.failHere(Failure{Symptom: NoReply, Path: "pong", Expected: "a pong with the payload of the ping", Actual: why})
}

// Close sends a close frame; judge what comes back with WantClosed or
// WantCloseFrame.
func (p *Peer) Close(_ context.Context, status int, reason string) {
	p.scene.note(p.conn, fmt.Sprintf("close frame, status %d", status))
	p.scene.background(func() { p.conn.close(status, reason) })
}

// WantCloseFrame judges that the target ends the connection with a close frame,
// of one of the statuses if any are listed.
func (p *Peer) WantCloseFrame(ctx context.Context, statuses ...int) {
	expected := "a close frame"
	if len(statuses) > 0 {
		expected += " of status " + orList(statuses)
	}
	p.scene.check("WantCloseFrame", "connection", expected)
	end, actual := p.untilEnd(ctx)
	if end != nil {
		actual = end.String()
	}
	if end == nil || end.code == 0 || len(statuses) > 0 && !oneOf(end.code, statuses) {
		p.scene.failHere(Failure{Symptom: Closed, Path: "connection", Expected: expected, Actual: actual})
	}
}
