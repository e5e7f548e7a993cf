// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// waits holds the waiting cases of a run. All are armed at its begin; their
// steps are run one by one in the order in which they fall due, whichever case
// they belong to, so that a run costs the longest wait and not the sum. They run
// beside the other cases, which a target that does not reply can hold up for
// longer than a step may wait. What they made is removed at their turn, so that
// nothing is deleted under a case that lists queues.
type waits struct {
	run     *run
	moved   time.Duration // how far the target's clock was moved on
	armed   []*armed
	stop    context.CancelFunc
	running sync.WaitGroup
}

// armed is one waiting case on its way.
type armed struct {
	one
	scene      *scene
	peer       *Peer
	began, end time.Duration // of the arming, by clock
	steps      []Step
	over       bool
	ready      chan struct{} // closed when it is over
	left       bool          // its verdict was asked for, and what it made removed
	ending     *ended
}

// clock is the target's time since the run began.
func (w *waits) clock() time.Duration { return time.Since(w.run.began) + w.moved }

// arm arms the waiting cases among those chosen.
func (r *run) arm(ctx context.Context, chosen []one) *waits {
	w := &waits{run: r}
	for _, o := range chosen {
		if !o.Waiting {
			continue
		}
		a := &armed{one: o, scene: r.scene(o), began: w.clock(), ready: make(chan struct{})}
		w.armed = append(w.armed, a)
		if a.ending = r.notRun(ctx, o); a.ending != nil {
			a.close()
			continue
		}
		a.ending = a.limited(ctx, func(ctx context.Context) {
			a.peer = a.scene.peer(ctx)
			a.steps = o.arm(ctx, a.peer)
			if len(a.steps) == 0 {
				a.scene.idle()
			}
		})
		a.scene.unload()
		a.end = w.clock()
		r.alive(ctx, a.scene)
		slices.SortStableFunc(a.steps, func(x, y Step) int { return int(x.At - y.At) })
		if a.ending != nil {
			a.close()
		}
	}
	return w
}

// start runs the steps as they fall due, and ends each case: if the run is over
// before, without them. A target whose clock can be moved is not
// waited for: all steps are run at once, before the time that other cases take can
// make one late.
func (w *waits) start(ctx context.Context) {
	ctx, w.stop = context.WithCancel(ctx)
	steps := func() {
		for a := w.earliest(); a != nil && w.run.over() == ""; a = w.earliest() {
			w.step(ctx, a)
		}
		for a := w.earliest(); a != nil; a = w.earliest() {
			a.ending = w.interrupted()
			a.close()
		}
	}
	if w.run.target.Advance != nil {
		steps()
		return
	}
	w.running.Go(steps)
}

// lastDue is how long the last step has to be waited for.
func (w *waits) lastDue() time.Duration {
	var last time.Duration
	if w.run.target.Advance != nil {
		return 0
	}
	for _, a := range w.armed {
		if n := len(a.steps); n > 0 {
			last = max(last, a.end+a.steps[n-1].At-w.clock())
		}
	}
	return last
}

// finish waits until a case is over, and returns its verdict.
func (w *waits) finish(ctx context.Context, o one) CaseResult {
	i := slices.IndexFunc(w.armed, func(a *armed) bool { return a.name() == o.name() })
	mine := w.armed[i]
	if w.run.over() != "" {
		w.stop()
	}
	<-mine.ready // the steps' own time is bounded, and an interrupt ends them all
	return w.verdict(ctx, mine)
}

// verdict removes what a case made that is over.
func (w *waits) verdict(ctx context.Context, a *armed) CaseResult {
	a.left = true
	w.run.leave(ctx, a.scene)
	return a.scene.result(a.one, a.ending)
}

// earliest is the case whose next step is due first.
func (w *waits) earliest() *armed {
	var first *armed
	for _, a := range w.armed {
		if !a.over && (first == nil || a.due() < first.due()) {
			first = a
		}
	}
	return first
}

func (a *armed) due() time.Duration {
	if len(a.steps) == 0 {
		return 0
	}
	return a.end + a.steps[0].At
}

// step waits for the next step of a case and runs it.
func (w *waits) step(ctx context.Context, a *armed) {
	if len(a.steps) == 0 {
		a.ending = a.limited(ctx, a.scene.settle)
		a.close()
		return
	}
	next := a.steps[0]
	a.steps = a.steps[1:]
	a.ending = w.until(ctx, a.end+next.At)
	if a.ending == nil {
		a.ending = w.late(a, next)
	}
	if a.ending == nil {
		a.scene.note(a.peer.conn, fmt.Sprintf("%v later", (w.clock()-a.end).Round(time.Millisecond)))
		a.ending = a.limited(ctx, func(ctx context.Context) {
			a.peer.revive(ctx)
			next.Do(ctx)
		})
		a.scene.unload()
		if late := w.late(a, next); late != nil {
			a.ending = late
		}
	}
	if a.ending != nil {
		a.close()
	}
}

// limited does something for a case within the time that its rule allows.
func (a *armed) limited(ctx context.Context, do func(context.Context)) *ended {
	ctx, cancel := context.WithTimeout(ctx, a.Rule.Timeout)
	defer cancel()
	return concludeIn(ctx, do)
}

// late says that a step which had to be done by now proves nothing.
func (w *waits) late(a *armed, s Step) *ended {
	over := w.clock() - (a.began + s.Until)
	if s.Until == 0 || over <= 0 {
		return nil
	}
	return &ended{verdict: Untested, reason: fmt.Sprintf(
		"a step that had to be done %v after the case began was %v late", s.Until, over.Round(time.Millisecond))}
}

// until lets time pass: by the target's clock if that can be moved.
func (w *waits) until(ctx context.Context, due time.Duration) *ended {
	left := due - w.clock()
	if left <= 0 {
		return nil
	}
	if w.run.target.Advance != nil {
		w.run.target.Advance(left)
		w.moved += left
		return nil
	}
	for ; left > 0; left = due - w.clock() {
		select {
		case <-time.After(min(left, idle)):
			w.keep(ctx)
		case <-ctx.Done():
			return w.interrupted()
		}
	}
	return nil
}

// idle is how long connections are left alone that wait: proxies end them after 50 s or more.
const idle = 20 * time.Second

// keep pings the connections of the cases that wait. How that is answered is no matter here.
func (w *waits) keep(ctx context.Context) {
	for _, a := range w.armed {
		if a.over {
			continue
		}
		for _, c := range a.scene.open() {
			w.running.Go(func() {
				ctx, cancel := context.WithTimeout(ctx, idle)
				defer cancel()
				_ = c.ping(ctx)
			})
		}
	}
}

// interrupted is the end of a case whose steps are not run any more.
func (w *waits) interrupted() *ended {
	return &ended{verdict: Untested, reason: cmp.Or(w.run.over(), "interrupted")}
}

// close says that a case is over.
func (a *armed) close() {
	a.over = true
	close(a.ready)
}

// abandon ends the cases that were armed and whose turn never came.
func (w *waits) abandon(ctx context.Context) []CaseResult {
	w.stop()
	w.running.Wait()
	var left []CaseResult
	for _, a := range w.armed {
		if !a.left {
			left = append(left, w.verdict(ctx, a))
		}
	}
	return left
}

// revive replaces a connection that ended while its case was waiting: how long
// an idle one lives is nobody's promise.
func (p *Peer) revive(ctx context.Context) {
	if !p.scene.over(p.conn) {
		return
	}
	if p.conn.heard.subscribed() {
		p.scene.give(Untested, "the connection that subscribed ended while the case was waiting")
	}
	p.scene.note(p.conn, "the connection ended while waiting; a new one")
	p.conn, *p.awaited = p.scene.dial(ctx), nil
	p.beIn(ctx)
}
