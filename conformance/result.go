// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"slices"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// Outcome is the verdict of a run.
type Outcome string

// The outcomes. NoFailure is what a run says that was asked for a part only.
const (
	Conformant    Outcome = "CONFORMANT"
	NotConformant Outcome = "NOT CONFORMANT"
	NoFailure     Outcome = "NO FAILURE"
	Incomplete    Outcome = "INCOMPLETE"
	// AsKnown is what a target gets that fails exactly as its baseline says, and
	// NotAsKnown one that passes what it should fail, or fails in another way.
	AsKnown    Outcome = "NOT CONFORMANT, AS KNOWN"
	NotAsKnown Outcome = "NOT AS KNOWN"
)

// Result is all that a run found.
type Result struct {
	URL     string        `json:"url"`
	Seed    string        `json:"seed"`
	Prefix  string        `json:"prefix"`
	Began   time.Time     `json:"began"`
	Took    time.Duration `json:"took_ns"`
	RTT     time.Duration `json:"rtt_ns"`
	Partial bool          `json:"partial"` // a selection left cases out
	// Command is what repeats the run, less the flags that select cases.
	Command string `json:"command,omitempty"`
	// Project and Client are those that the user named; empty for invented ones.
	Project string `json:"project,omitempty"`
	Client  string `json:"client,omitempty"`
	// PoolURI is the one that the user named, with a word for its password.
	PoolURI string `json:"pool_uri,omitempty"`
	// Tokens says whether connections were let in, by tokens that were given or made;
	// empty for an open target. OtherProject is that of the second identity given.
	Tokens       string `json:"tokens,omitempty"`
	OtherProject string `json:"other_project,omitempty"`
	// Signing says that the judge had the key to sign requests with.
	Signing bool `json:"signing,omitempty"`
	// Profile is what the target was declared to be.
	Profile Profile `json:"profile"`
	// Strict says that a SHOULD counted as a MUST, Shuffled that the seed decided
	// the order.
	Strict   bool `json:"strict,omitempty"`
	Shuffled bool `json:"shuffled,omitempty"`
	// Deadline is how long a reply could take.
	Deadline time.Duration `json:"deadline_ns"`
	// Stopped says why the run ended before its time; empty if it did not.
	Stopped string `json:"stopped,omitempty"`
	// Held compares with the failures that were expected; nil if none were listed.
	Held  *Held        `json:"known,omitempty"`
	Cases []CaseResult `json:"cases"`
	Leaks Leaks        `json:"leaks"`
}

func (r *run) newResult(o Options, partial bool) Result {
	return Result{
		URL: r.target.shown(), Seed: r.seed, Prefix: r.prefix, Began: r.began, RTT: r.rtt,
		Partial: partial, Command: o.Command, Profile: r.target.Profile, Strict: o.Strict, Shuffled: o.Shuffle, Deadline: r.deadline,
		Project: r.target.Project, Client: r.target.Client, PoolURI: r.target.ShownPoolURI(),
		Tokens: r.target.tokens(), OtherProject: r.target.Other.Project,
		Signing: len(r.target.SigningKey) > 0, Cases: []CaseResult{},
	}
}

// unfinished gives a verdict to the cases that were planned and never came to
// their turn.
func (r *run) unfinished(chosen []one, judged []CaseResult) (late []CaseResult) {
	done := map[string]bool{}
	for _, c := range judged {
		done[c.Case+c.Format] = true
	}
	for _, o := range chosen {
		if !done[o.ID+o.format.String()] {
			late = append(late, r.scene(o).result(o, &ended{verdict: Untested, reason: "interrupted"}))
		}
	}
	return late
}

// Remembered are the seeds of the histories that failed, by case, for the next
// run's Options.
func (r Result) Remembered() map[string]string {
	seeds := map[string]string{}
	for _, c := range r.Cases {
		if c.Failure != nil && c.Failure.Seed != "" {
			seeds[c.Case] = c.Failure.Seed
		}
	}
	return seeds
}

// Count is the number of cases with a verdict.
func (r Result) Count(v Verdict) int {
	n := 0
	for _, c := range r.Cases {
		if c.Verdict == v {
			n++
		}
	}
	return n
}

// Broken lists the requirements that cases with the verdict Fail or Warn found
// broken, in the order in which they were.
func (r Result) Broken(v Verdict) []spec.ID {
	var ids []spec.ID
	for _, c := range r.Cases {
		if id := c.Broken(); c.Verdict == v && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Covered counts the MUSTs of a server that a case of this run judged, and all
// there are.
func (r Result) Covered() (judged, all int) {
	seen := map[spec.ID]bool{}
	for _, c := range r.Cases {
		seen[c.Requirement] = seen[c.Requirement] || c.Verdict == Pass || c.Verdict == Fail
	}
	for _, q := range spec.All() {
		if q.Level == spec.Must && q.Party == spec.Server {
			all++
			if seen[q.ID] {
				judged++
			}
		}
	}
	return judged, all
}

// Judged is the number of cases that got a verdict on the target.
func (r Result) Judged() int { return len(r.Cases) - r.Count(NA) - r.Count(Untested) }

// Known counts the failures that were expected.
func (r Result) Known() int {
	n := 0
	for _, c := range r.Cases {
		if c.Known != nil {
			n++
		}
	}
	return n
}

// Outcome is the verdict of the run. A broken MUST that nobody expected decides,
// and of a strict run a SHOULD that is not followed, whatever else is missing; then
// whatever else is not as expected; what could not be tested comes next, a run
// that judged nothing too.
func (r Result) Outcome() Outcome {
	known := 0
	for _, c := range r.Cases {
		switch {
		case c.Verdict != Fail && (!r.Strict || c.Verdict != Warn):
		case c.Known == nil:
			return NotConformant
		default:
			known++
		}
	}
	switch {
	case r.Held != nil && len(r.Held.Surprises) > 0:
		return NotAsKnown
	case r.Stopped != "" || r.Count(Untested) > 0 || r.Judged() == 0:
		return Incomplete
	case known > 0:
		return AsKnown
	case r.Partial:
		return NoFailure
	default:
		return Conformant
	}
}

// The exit codes of a command that judges.
const (
	ExitConformant    = 0
	ExitNotConformant = 1
	ExitUsage         = 2
	ExitUnreachable   = 3
	ExitIncomplete    = 4
)

// ExitCode is what a command exits with after this run.
func (r Result) ExitCode() int {
	switch r.Outcome() {
	case NotConformant, NotAsKnown:
		return ExitNotConformant
	case Incomplete:
		return ExitIncomplete
	default:
		return ExitConformant
	}
}
