// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// Difference is what changed from one run to a later one. Only what both judged can
// be better or worse: a case that one of them left out, or that was not applicable,
// is neither.
type Difference struct {
	// Compared counts the cases, each in one format, that both runs judged.
	Compared int
	// Worse and Better are cases by their verdicts: pass, warn, fail. Worse is a case,
	// too, that passed or warned and could then not be exercised.
	Worse, Better []Change
	// Changed are cases that fail in another way, or lack a verdict for another reason.
	Changed []Change
	// Lost are cases that have no verdict any more, and Gained those that have one now.
	Lost, Gained []Change
	// Gone are cases that the later run does not know or was not asked for, and New
	// those of the earlier one.
	Gone, New []conformance.CaseResult
	// WorseRules and BetterRules are requirements, each judged by the worst verdict
	// that a compared case gave it.
	WorseRules, BetterRules []Turn
}

// Change is one case in one format, in both runs.
type Change struct{ Then, Now conformance.CaseResult }

// Turn is a requirement whose verdict changed.
type Turn struct {
	ID        spec.ID
	Then, Now conformance.Verdict
}

// Compare tells what changed from one run to a later one.
func Compare(then, now conformance.Result) Difference {
	var d Difference
	earlier, later := byKey(then), byKey(now)
	var both []Change
	for _, c := range sorted(now.Cases) {
		before, known := earlier[caseKey(c)]
		if !known {
			d.New = append(d.New, c)
			continue
		}
		one := Change{before, c}
		if judged(one.Then) && judged(one.Now) {
			both = append(both, one)
		}
		d.sort(one)
	}
	for _, c := range sorted(then.Cases) {
		if _, known := later[caseKey(c)]; !known {
			d.Gone = append(d.Gone, c)
		}
	}
	d.Compared = len(both)
	d.rules(both)
	return d
}

// sort puts a case where it belongs.
func (d *Difference) sort(c Change) {
	was, is := c.Then.Verdict, c.Now.Verdict
	switch {
	case judged(c.Then) && judged(c.Now):
		switch {
		case badness(is) > badness(was):
			d.Worse = append(d.Worse, c)
		case badness(is) < badness(was):
			d.Better = append(d.Better, c)
		case symptom(c.Then) != symptom(c.Now):
			d.Changed = append(d.Changed, c)
		}
	case judged(c.Then) && is == conformance.Untested && was != conformance.Fail:
		d.Worse = append(d.Worse, c)
	case judged(c.Then):
		d.Lost = append(d.Lost, c)
	case judged(c.Now):
		d.Gained = append(d.Gained, c)
	case was != is:
		d.Changed = append(d.Changed, c)
	}
}

// rules compares the requirements that cases judged in both runs.
func (d *Difference) rules(both []Change) {
	then, now := map[spec.ID]conformance.Verdict{}, map[spec.ID]conformance.Verdict{}
	for _, c := range both {
		give(then, c.Then, c.Now)
		give(now, c.Now, c.Then)
	}
	for _, q := range spec.All() {
		was, judgedThen := then[q.ID]
		is, judgedNow := now[q.ID]
		turn := Turn{q.ID, was, is}
		switch {
		case !judgedThen || !judgedNow:
		case badness(is) > badness(was):
			d.WorseRules = append(d.WorseRules, turn)
		case badness(is) < badness(was):
			d.BetterRules = append(d.BetterRules, turn)
		}
	}
}

// give enters the verdict of a case for the rule that it broke, or else for its own
// and for the one that it broke in the other run: that one was held to as well.
func give(rules map[spec.ID]conformance.Verdict, c, other conformance.CaseResult) {
	ids := []spec.ID{c.Broken()}
	if c.Verdict == conformance.Pass {
		ids = []spec.ID{c.Requirement, other.Broken()}
	}
	for _, id := range ids {
		if was, known := rules[id]; !known || badness(c.Verdict) > badness(was) {
			rules[id] = c.Verdict
		}
	}
}

// judged says whether a case gave a verdict on its target.
func judged(c conformance.CaseResult) bool {
	return c.Verdict != conformance.NA && c.Verdict != conformance.Untested
}

// badness orders the verdicts on a target.
func badness(v conformance.Verdict) int {
	return slices.Index([]conformance.Verdict{conformance.Pass, conformance.Warn, conformance.Fail}, v)
}

// symptom is how a failure shows, for comparison; empty if there is none.
func symptom(c conformance.CaseResult) string {
	if c.Failure == nil {
		return ""
	}
	how := string(c.Failure.Symptom)
	if c.Failure.Requirement != c.Requirement {
		how += " of " + string(c.Failure.Requirement)
	}
	return how
}

// caseKey names a case in one format.
func caseKey(c conformance.CaseResult) string { return c.Case + " " + c.Format }

func byKey(r conformance.Result) map[string]conformance.CaseResult {
	all := make(map[string]conformance.CaseResult, len(r.Cases))
	for _, c := range r.Cases {
		all[caseKey(c)] = c
	}
	return all
}

// sorted are cases as their requirements stand in the spec, each in its formats.
func sorted(cases []conformance.CaseResult) []conformance.CaseResult {
	place := map[spec.ID]int{}
	for i, q := range spec.All() {
		place[q.ID] = i
	}
	return slices.SortedStableFunc(slices.Values(cases), func(a, b conformance.CaseResult) int {
		return cmp.Or(cmp.Compare(place[a.Requirement], place[b.Requirement]),
			strings.Compare(string(a.Requirement), string(b.Requirement)), strings.Compare(a.Case, b.Case))
	})
}
