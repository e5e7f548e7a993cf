// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/zaqarwire/zaqarwire/schema"
)

// Planned is a case that a run will judge.
type Planned struct {
	Case, Chapter, Format string
	Waiting               bool
}

// Plan is what a run is about to do.
type Plan struct {
	URL, Seed, Prefix string
	Formats           []string
	RTT               time.Duration
	// Profile is what the target is declared to be.
	Profile          Profile
	Strict, Shuffled bool
	Cases            []Planned
	// LastDue is when the last step of a waiting case is due, from now on; zero
	// if none waits or the target's clock can be moved.
	LastDue time.Duration
}

// Reporter is told how a run goes. Its methods are called one at a time.
type Reporter interface {
	Began(p Plan)
	Judged(c CaseResult)
	Ended(r Result)
}

// run is what all cases of one run share.
type run struct {
	target        Target
	seed, prefix  string
	project       string
	began         time.Time
	rtt, deadline time.Duration
	limits        map[string]int64
	shapes        *shapes
	janitor       *janitor
	waits         *waits
	keep          bool        // the transcripts of what passed
	suspicious    atomic.Bool // the last case saw no reply, or no connection
	silent        int         // cases in a row that got no reply
	gone          string      // why nothing more can be judged
	failFast      int         // after so many failures nothing more is; 0 for never
	failed        int
	enough        string // that there were so many
}

// newRun looks at the target and prepares what the cases share.
func newRun(ctx context.Context, o Options) (*run, error) {
	model := schema.Model()
	if err := o.Target.Profile.Check(); err != nil {
		return nil, err
	}
	compiled, err := newShapes(schema.JSONSchemas(), model)
	if err != nil {
		return nil, err
	}
	rtt, err := o.Target.preflight(ctx)
	if err != nil {
		return nil, err
	}
	r := &run{
		target: o.Target, seed: strings.ToUpper(o.Seed), prefix: "zw-" + strings.ToLower(o.Seed),
		began: time.Now(), rtt: rtt, deadline: o.deadline(rtt), failFast: o.FailFast,
		limits: o.Target.Profile.limits(), shapes: compiled, project: o.Target.Project, keep: o.KeepTranscripts,
	}
	if r.project == "" {
		r.project = r.prefix
	}
	r.janitor = &janitor{run: r, log: o.Journal}
	if err := r.janitor.head(); err != nil {
		return nil, &UsageError{err}
	}
	return r, nil
}

// politeness is how long an answer to our close frame is waited for.
func (r *run) politeness() time.Duration { return 250*time.Millisecond + 4*r.rtt }

// suspect notes that the target may be gone; see alive.
func (r *run) suspect() { r.suspicious.Store(true) }

// alive finds out, after a case that got no reply, whether the rest can still be
// judged, so that a target that died costs seconds and not hours.
func (r *run) alive(ctx context.Context) {
	if !r.suspicious.Swap(false) {
		r.silent = 0
		return
	}
	r.silent++
	if r.silent >= 10 {
		r.gone = "the target gave no reply in 10 cases in a row"
		return
	}
	if err := r.janitor.knock(ctx); err != nil {
		r.gone = "the target does not answer any more: " + err.Error()
	}
}

// scene begins a case.
func (r *run) scene(o one) *scene {
	return &scene{run: r, id: o.ID, format: o.format, rule: o.Rule, began: time.Now()}
}

// notRun says why a case cannot be judged; nil if it can.
func (r *run) notRun(ctx context.Context, o one) *ended {
	switch {
	case r.over() != "":
		return &ended{verdict: Untested, reason: r.over()}
	case ctx.Err() != nil:
		return &ended{verdict: Untested, reason: "interrupted"}
	case o.Rule.NeedsOwnProject && r.target.Project != "":
		return &ended{verdict: NA, reason: "it needs a project of its own, and the run was given one"}
	}
	if lacking := r.target.Profile.lacks(o.Rule.Needs); lacking != "" {
		return &ended{verdict: NA, reason: "the target is declared to be without " + lacking}
	}
	return nil
}

// over says why nothing more is to be judged; empty while there is.
func (r *run) over() string {
	if r.gone != "" {
		return r.gone
	}
	return r.enough
}

// count ends the run when as many cases failed as the user wants to see.
func (r *run) count(c CaseResult) {
	if c.Verdict != Fail || r.failFast == 0 || c.Known != nil {
		return
	}
	r.failed++
	if r.failed == r.failFast {
		r.enough = fmt.Sprintf("stopped after %d failed, as --fail-fast asks", r.failed)
	}
}

// play runs a case that does not wait.
func (r *run) play(ctx context.Context, o one) CaseResult {
	s := r.scene(o)
	end := r.notRun(ctx, o)
	if end == nil {
		end = conclude(func() {
			o.play(ctx, s.peer(ctx))
			s.settle(ctx)
		})
		r.leave(ctx, s)
	}
	return s.result(o, end)
}

// leave ends a case: everything it made is removed, also when it was interrupted.
func (r *run) leave(ctx context.Context, s *scene) {
	ctx = context.WithoutCancel(ctx)
	r.alive(ctx)
	s.strike(ctx)
}

// result is the verdict of a case.
func (s *scene) result(o one, end *ended) CaseResult {
	c := CaseResult{
		Case: o.ID, Requirement: o.Requirement.ID, Level: o.Requirement.Level, Chapter: o.Requirement.Chapter,
		Format: o.format.String(), Waiting: o.Waiting, Verdict: Pass, Took: time.Since(s.began),
	}
	if end == nil {
		if s.run.keep {
			c.Transcript = s.lines
		}
		return c
	}
	c.Verdict, c.Reason = end.verdict, end.reason
	if end.failure != nil {
		f := end.failure.ruleFor(o.Requirement.ID)
		c.Failure, c.Verdict = &f, verdictOf(f.Requirement)
	}
	if c.Verdict != NA {
		c.Transcript = s.lines
	}
	return c
}

// driver calls judge for each case, in order.
type driver func(ctx context.Context, cases []one, judge func(context.Context, one) CaseResult)

// execute is a whole run.
func execute(ctx context.Context, o Options, report Reporter, drive driver) (Result, error) {
	all, err := catalogue()
	if err != nil {
		return Result{}, err
	}
	return executeCases(ctx, all, o, report, drive)
}

func executeCases(ctx context.Context, all []Case, o Options, report Reporter, drive driver) (Result, error) {
	o, err := o.withDefaults()
	if err != nil {
		return Result{}, err
	}
	chosen, partial, err := plan(all, o)
	if err != nil {
		return Result{}, &UsageError{err}
	}
	r, err := newRun(ctx, o)
	if err != nil {
		return Result{}, err
	}
	for i := range chosen {
		chosen[i].Rule.Timeout = patience(chosen[i].Rule.Timeout, r.deadline)
	}
	r.waits = r.arm(ctx, chosen)
	p := r.plan(chosen)
	p.Strict, p.Shuffled = o.Strict, o.Shuffle
	report.Began(p)
	r.waits.start(ctx)

	result := r.newResult(o, partial)
	enter := func(c CaseResult) {
		c.Known = o.Known.entry(c)
		result.Cases = append(result.Cases, c)
		r.count(c)
		report.Judged(c)
	}
	drive(ctx, chosen, func(ctx context.Context, o one) CaseResult {
		var c CaseResult
		if o.Waiting {
			c = r.waits.finish(ctx, o)
		} else {
			c = r.play(ctx, o)
		}
		enter(c)
		return c
	})
	for _, c := range r.waits.abandon(ctx) {
		enter(c)
	}
	late := r.unfinished(chosen, result.Cases)
	for _, c := range late {
		enter(c)
	}
	result.Stopped = r.over()
	if r.over() == "" && (ctx.Err() != nil || len(late) > 0) {
		result.Stopped = "interrupted"
	}
	if o.Known != nil {
		result.Held = o.Known.hold(all, result.Cases)
	}
	r.janitor.audit(context.WithoutCancel(ctx))
	result.Leaks = r.janitor.done()
	result.Took = time.Since(r.began)
	report.Ended(result)
	return result, nil
}

func (r *run) plan(chosen []one) Plan {
	p := Plan{URL: r.target.shown(), Seed: r.seed, Prefix: r.prefix, RTT: r.rtt, Profile: r.target.Profile, LastDue: r.waits.lastDue()}
	seen := map[string]bool{}
	for _, o := range chosen {
		p.Cases = append(p.Cases, Planned{o.ID, o.Requirement.Chapter, o.format.String(), o.Waiting})
		seen[o.format.String()] = true
	}
	for _, f := range RunFormats() {
		if seen[f.String()] {
			p.Formats = append(p.Formats, f.String())
		}
	}
	return p
}

// waitingTime is what a case gets on top of its own time if it has to wait.
func waitingTime(o one) time.Duration {
	if o.Waiting {
		return 150 * time.Second
	}
	return 0
}

// ErrRanBefore is what a second Run or Test in one process gets: Ginkgo has one
// tree for each process.
var ErrRanBefore = errors.New("the suite runs once for each process: one conformance.Test, and no -count above 1")
