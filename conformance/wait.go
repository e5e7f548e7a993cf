// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// waits holds the waiting cases of a run. All are armed at its begin; their
// steps are run one by one in the order in which they fall due, whichever case
// they belong to, so that a run costs the longest wait and not the sum.
type waits struct {
	run   *run
	moved time.Duration // how far the target's clock was moved on
	armed []*armed
}

// armed is one waiting case on its way.
type armed struct {
	one
	scene      *scene
	peer       *Peer
	began, end time.Duration // of the arming, by clock
	steps      []Step
	over       bool
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
		a := &armed{one: o, scene: r.scene(o), began: w.clock()}
		w.armed = append(w.armed, a)
		if a.ending = r.notRun(ctx, o); a.ending != nil {
			a.over = true
			continue
		}
		limited, cancel := context.WithTimeout(ctx, o.Rule.Timeout)
		a.ending = conclude(func() {
			a.peer = a.scene.peer(limited)
			a.steps = o.arm(limited, a.peer)
		})
		cancel()
		a.end = w.clock()
		slices.SortStableFunc(a.steps, func(x, y Step) int { return int(x.At - y.At) })
		if a.ending != nil {
			w.close(ctx, a)
		}
	}
	return w
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

// finish runs all steps that fall due until the case is over, and returns its verdict.
func (w *waits) finish(ctx context.Context, o one) CaseResult {
	i := slices.IndexFunc(w.armed, func(a *armed) bool { return a.name() == o.name() })
	mine := w.armed[i]
	for !mine.over {
		w.step(ctx, w.earliest())
	}
	return mine.scene.result(o, mine.ending)
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
		a.ending = conclude(func() { a.scene.settle(ctx) })
		w.close(ctx, a)
		return
	}
	next := a.steps[0]
	a.steps = a.steps[1:]
	a.ending = w.until(ctx, a.end+next.At)
	if a.ending == nil {
		a.ending = w.late(a, next)
	}
	if a.ending == nil {
		a.scene.note(a.peer.conn, fmt.Sprintf("%v after the arming", (w.clock()-a.end).Round(time.Millisecond)))
		a.ending = conclude(func() {
			a.peer.revive(ctx)
			next.Do(ctx)
		})
		if late := w.late(a, next); late != nil {
			a.ending = late
		}
	}
	if a.ending != nil {
		w.close(ctx, a)
	}
}

// late says that a step which had to be done by now proves nothing.
func (w *waits) late(a *armed, s Step) *ended {
	over := w.clock() - (a.began + s.Until)
	if s.Until == 0 || over <= 0 {
		return nil
	}
	return &ended{verdict: Untested, reason: fmt.Sprintf(
		"a step that had to be done %v after the arming was %v late", s.Until, over.Round(time.Millisecond))}
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
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return &ended{verdict: Untested, reason: "interrupted"}
	}
}

// close ends a case and removes what it made.
func (w *waits) close(ctx context.Context, a *armed) {
	a.over = true
	w.run.leave(ctx, a.scene)
}

// abandon ends the cases that were armed and never finished.
func (w *waits) abandon(ctx context.Context) []CaseResult {
	var left []CaseResult
	for _, a := range w.armed {
		if !a.over {
			a.ending = &ended{verdict: Untested, reason: "interrupted"}
			w.close(ctx, a)
			left = append(left, a.scene.result(a.one, a.ending))
		}
	}
	return left
}

// revive replaces a connection that ended while its case was waiting: how long
// an idle one lives is nobody's promise.
func (p *Peer) revive(ctx context.Context) {
	if p.conn.ended() == nil {
		return
	}
	p.scene.note(p.conn, "the connection ended while waiting; a new one")
	p.conn, *p.awaited = p.scene.dial(ctx), nil
}
