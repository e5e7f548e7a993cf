// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
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
	receiver      *receiver    // of webhooks; nil without an address
	trap          *receiver    // that the target must not reach
	keep          bool         // the transcripts of what passed
	recording     bool         // see Record
	volume        atomic.Int64 // what the cases which are running have sent, weighed
	remembered    map[string]string
	failFast      int       // after so many failures nothing more is judged; 0 for never
	known         *Baseline // may be nil

	mu     sync.Mutex
	silent int    // cases in a row that got no reply, but for those that are known to get none
	gone   string // why nothing more can be judged
	failed int
	enough string // that as many failed as failFast says
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
		began: time.Now(), rtt: rtt, deadline: o.deadline(rtt), failFast: o.FailFast, known: o.Known,
		limits: o.Target.Profile.limits(), shapes: compiled, project: o.Target.Project, keep: o.KeepTranscripts, remembered: o.Remembered,
		recording: o.recording,
	}
	if r.project == "" {
		r.project = r.prefix
	}
	if r.receiver, err = newReceiver(ctx, o.Target.Webhook); err != nil {
		return nil, err
	}
	if r.trap, err = newReceiver(ctx, o.Target.Trap); err != nil {
		return nil, err
	}
	r.janitor = &janitor{run: r, log: o.Journal}
	if err := r.janitor.head(); err != nil {
		return nil, &UsageError{err}
	}
	return r, nil
}

// politeness is how long an answer to our close frame is waited for.
func (r *run) politeness() time.Duration { return 250*time.Millisecond + 4*r.rtt }

// moment is how long nothing has to come for it to be taken as not coming: long for
// a target that tells of what it has just done, short for a run.
func (r *run) moment() time.Duration { return 100*time.Millisecond + 10*r.rtt }

// within is how long a reply may take now: longer while much is on its way, since a
// target may take one request after the other, whoever sent it. A verdict tells of
// the deadline alone: that much it was in any case.
func (r *run) within() time.Duration {
	much := time.Duration(r.volume.Load()) * time.Second >> 20
	return r.deadline + much.Round(100*time.Millisecond)
}

// leastWeight is what a message weighs at least, in bytes: a hundred small ones take
// about as long as a MiB.
const leastWeight = 10 << 10

// load weighs a message that is sent, for within.
func (s *scene) load(bytes int) {
	weight := int64(bytes + leastWeight)
	s.volume.Add(weight)
	s.run.volume.Add(weight)
}

// unload says that what the case sent has been dealt with.
func (s *scene) unload() { s.run.volume.Add(-s.volume.Swap(0)) }

// alive finds out, after a case that got no reply, whether the rest can still be
// judged, so that a target that died costs seconds and not hours.
func (r *run) alive(ctx context.Context, s *scene) {
	suspicious := s.suspicious.Load()
	r.mu.Lock()
	switch {
	case !suspicious:
		r.silent = 0
	case !r.known.silence(s.id, s.format):
		r.silent++
	}
	silent := r.silent
	r.mu.Unlock()
	switch {
	case !suspicious:
	case silent >= 10:
		r.lose("the target gave no reply in 10 cases in a row")
	default:
		if err := r.janitor.knock(ctx); err != nil {
			r.lose("the target does not answer any more: " + err.Error())
		}
	}
}

// lose gives the target up.
func (r *run) lose(why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone == "" {
		r.gone = why
	}
}

// lost says why the target was given up; empty if it was not.
func (r *run) lost() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.gone
}

// scene begins a case.
func (r *run) scene(o one) *scene {
	return &scene{run: r, id: o.ID, format: o.format, rule: o.Rule, project: r.lane(o), began: time.Now()}
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
	switch {
	case o.Rule.Hooks && r.target.Webhook == "":
		return &ended{verdict: NA, reason: "no address was given on which webhooks can be received"}
	case o.Rule.Trap && r.target.Trap == "":
		return &ended{verdict: NA, reason: "no address was given that the target must not reach"}
	}
	if lacking := r.target.Profile.lacks(o.Rule.Needs); lacking != "" {
		return &ended{verdict: NA, reason: "the target is declared to be without " + lacking}
	}
	if lacking := r.target.lacks(o.Rule.As); lacking != "" {
		return &ended{verdict: NA, reason: "it needs " + string(lacking)}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Rule.Least)) {
		if least := o.Rule.Least[name]; r.limits[name] < least {
			return &ended{verdict: NA, reason: fmt.Sprintf("%s is %d, and the case needs %d", name, r.limits[name], least)}
		}
	}
	return nil
}

// over says why nothing more is to be judged; empty while there is.
func (r *run) over() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return cmp.Or(r.gone, r.enough)
}

// enoughSeen says that the user has seen enough failures; empty if not.
func (r *run) enoughSeen() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.enough
}

// count ends the run when as many cases failed as the user wants to see.
func (r *run) count(c CaseResult) {
	r.mu.Lock()
	defer r.mu.Unlock()
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
		ctx, cancel := context.WithTimeout(ctx, o.Rule.Timeout)
		defer cancel()
		end = concludeIn(ctx, func(ctx context.Context) {
			o.play(ctx, s.peer(ctx))
			s.idle()
			s.settle(ctx)
		})
		r.leave(ctx, s)
	}
	return s.result(o, end)
}

// leave ends a case: everything it made is removed, also when it was interrupted.
func (r *run) leave(ctx context.Context, s *scene) {
	ctx = context.WithoutCancel(ctx)
	r.alive(ctx, s)
	s.strike(ctx)
	s.unload()
}

// result is the verdict of a case.
func (s *scene) result(o one, end *ended) CaseResult {
	c := CaseResult{
		Case: o.ID, Requirement: o.Requirement.ID, Level: o.Requirement.Level, Chapter: o.Requirement.Chapter,
		Format: o.format.String(), Waiting: o.Waiting, Verdict: Pass, Took: time.Since(s.began),
	}
	if end == nil {
		if s.run.keep {
			c.Transcript = s.transcript()
		}
		return c
	}
	c.Verdict, c.Reason = end.verdict, end.reason
	if end.failure != nil {
		f := end.failure.ruleFor(o.Requirement.ID)
		c.Failure, c.Verdict = &f, verdictOf(f.Requirement)
	}
	if c.Verdict != NA {
		c.Transcript = s.transcript()
	}
	return c
}

// driver calls judge for each case, one at a time and in order, and waits for it: a
// case bounds its own time. When the context that it hands on ends, the run does.
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
	defer r.receiver.close()
	defer r.trap.close()
	result := r.newResult(o, partial)
	r.judge(ctx, all, chosen, o, &result, report, drive)
	result.Took = time.Since(r.began)
	report.Ended(result)
	return result, nil
}

// judge gives each chosen case its verdict, and removes what they made.
func (r *run) judge(ctx context.Context, all []Case, chosen []one, o Options, result *Result, report Reporter, drive driver) {
	r.waits = r.arm(ctx, chosen)
	p := r.plan(chosen)
	p.Strict, p.Shuffled = o.Strict, o.Shuffle
	report.Began(p)
	r.waits.start(ctx)
	enter := func(c CaseResult) {
		c.Known = o.Known.entry(c)
		result.Cases = append(result.Cases, c)
		r.count(c)
		report.Judged(c)
	}
	lanes := r.ahead(ctx, chosen, o.jobs())
	drive(ctx, chosen, func(ctx context.Context, o one) CaseResult {
		defer context.AfterFunc(ctx, func() {
			lanes.stop()
			r.waits.stop()
		})()
		var c CaseResult
		if o.Waiting {
			c = r.waits.finish(ctx, o)
		} else {
			c = lanes.take(o)
		}
		if why := r.enoughSeen(); why != "" {
			c = r.scene(o).result(o, &ended{verdict: Untested, reason: why})
		}
		enter(c)
		return c
	})
	lanes.end()
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

// ErrRanBefore is what a second Run or Test in one process gets: Ginkgo has one
// tree for each process.
var ErrRanBefore = errors.New("the suite runs once for each process: one conformance.Test, and no -count above 1")
