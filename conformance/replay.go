// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/schema"
)

// Replay judges the transcripts of a run again, without its target: a verdict is
// made of a case and its transcript alone. Only Cases and Formats of the options
// count. What was not applicable or untested stays so; a case whose transcript
// was not kept is not judged, and leaves the result partial. The verdict of a case
// whose transcript is only a part stays as it was; see Rule.Live. A transcript that
// does not fit the case, because one of them is of another version of the suite,
// is untested.
func Replay(ctx context.Context, saved Result, o Options, report Reporter) (Result, error) {
	all, err := catalogue()
	if err != nil {
		return Result{}, err
	}
	return replayCases(ctx, all, saved, o, report)
}

func replayCases(ctx context.Context, all []Case, saved Result, o Options, report Reporter) (Result, error) {
	chosen, partial, err := plan(all, Options{Cases: o.Cases, Formats: o.Formats})
	if err != nil {
		return Result{}, &UsageError{err}
	}
	r, err := replayRun(saved)
	if err != nil {
		return Result{}, err
	}
	known := map[string]one{}
	for _, c := range all {
		for _, f := range c.Rule.Formats {
			known[c.ID+f.String()] = one{c, f}
		}
	}
	asked := map[string]bool{}
	for _, c := range chosen {
		asked[c.ID+c.format.String()] = true
	}
	result := saved
	result.Cases, result.Partial, result.Stopped = []CaseResult{}, saved.Partial || partial, ""
	var again []CaseResult
	for _, c := range saved.Cases {
		o, isKnown := known[c.Case+c.Format]
		switch {
		case isKnown && !asked[c.Case+c.Format]:
		case len(c.Transcript) > 0 || o.Rule.Live || c.Verdict == NA || c.Verdict == Untested:
			again = append(again, c)
		default:
			result.Partial = true
		}
	}
	report.Began(replayPlan(r, again))
	for _, c := range again {
		if ctx.Err() != nil {
			result.Stopped = "interrupted"
			break
		}
		o, ok := known[c.Case+c.Format]
		c = r.replay(ctx, c, o, ok)
		result.Cases = append(result.Cases, c)
		report.Judged(c)
	}
	result.Took = time.Since(r.began)
	report.Ended(result)
	return result, nil
}

// replayRun is the run that was, without its target.
func replayRun(saved Result) (*run, error) {
	model := schema.Model()
	compiled, err := newShapes(schema.JSONSchemas(), model)
	if err != nil {
		return nil, err
	}
	r := &run{
		target: saved.target(),
		seed:   saved.Seed, prefix: saved.Prefix, began: time.Now(), rtt: saved.RTT,
		deadline: saved.Deadline, limits: saved.Profile.limits(), shapes: compiled, project: saved.Project,
	}
	if r.project == "" {
		r.project = r.prefix
	}
	r.janitor = &janitor{run: r}
	r.waits = &waits{run: r}
	return r, nil
}

func replayPlan(r *run, cases []CaseResult) Plan {
	p := Plan{URL: r.target.URL, Seed: r.seed, Prefix: r.prefix, RTT: r.rtt}
	for _, c := range cases {
		p.Cases = append(p.Cases, Planned{c.Case, c.Chapter, c.Format, c.Waiting})
		if !slices.Contains(p.Formats, c.Format) {
			p.Formats = append(p.Formats, c.Format)
		}
	}
	return p
}

// replay judges one case again. The transcript stays as it was.
func (r *run) replay(ctx context.Context, saved CaseResult, o one, known bool) CaseResult {
	now := saved
	switch {
	case saved.Verdict == NA || saved.Verdict == Untested || o.Rule.Live:
		return saved
	case !known:
		now.Verdict, now.Failure = Untested, nil
		now.Reason = "this version of the suite has no such case"
		return now
	}
	s := r.scene(o)
	s.tape = newTape(saved.Transcript)
	ctx, cancel := context.WithTimeout(ctx, o.Rule.Timeout)
	defer cancel()
	end := conclude(func() {
		p := s.peer(ctx)
		if o.Waiting {
			s.replaySteps(ctx, p, o.arm(ctx, p))
		} else {
			o.play(ctx, p)
		}
		s.settle(ctx)
	})
	s.others.Wait()
	if end == nil || end.failure != nil {
		if misfit := conclude(s.tape.rest); misfit != nil {
			end = misfit
		}
	}
	fresh := s.result(o, end)
	now.Verdict, now.Reason, now.Failure = fresh.Verdict, fresh.Reason, fresh.Failure
	if now.Failure != nil {
		now.Failure.Mark = now.Failure.Mark.markIn(saved.Transcript, fresh.Transcript)
	}
	return now
}

// replaySteps does what a waiting case did when it was due, at once.
func (s *scene) replaySteps(ctx context.Context, p *Peer, steps []Step) {
	slices.SortStableFunc(steps, func(x, y Step) int { return int(x.At - y.At) })
	for _, step := range steps {
		s.note(p.conn, fmt.Sprintf("%v later", step.At))
		p.revive(ctx)
		step.Do(ctx)
	}
}
