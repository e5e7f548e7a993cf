// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// one is a run of one case of CLM-8, that fails with a symptom, of another rule if
// that is named.
func one(v conformance.Verdict, symptom conformance.Symptom, broken spec.ID) conformance.Result {
	c := conformance.CaseResult{Case: "CLM-8/x", Requirement: spec.CLM8, Level: spec.Must, Chapter: "claims", Format: "json", Verdict: v}
	if v == conformance.NA || v == conformance.Untested {
		c.Reason = string(v)
	}
	if symptom != "" {
		c.Failure = &conformance.Failure{Requirement: broken, Symptom: symptom}
	}
	return conformance.Result{Cases: []conformance.CaseResult{c}}
}

// found are the lists of a difference that are not empty.
func found(d Difference) string {
	var names []string
	for name, n := range map[string]int{
		"worse": len(d.Worse), "better": len(d.Better), "changed": len(d.Changed), "lost": len(d.Lost), "gained": len(d.Gained),
		"gone": len(d.Gone), "new": len(d.New), "worse rule": len(d.WorseRules), "better rule": len(d.BetterRules),
	} {
		if n > 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func TestOnlyWhatBothJudgedIsBetterOrWorse(t *testing.T) {
	t.Parallel()
	pass, warned := one(conformance.Pass, "", ""), one(conformance.Warn, conformance.BadShape, spec.CLM8)
	failed := one(conformance.Fail, conformance.BadValue, spec.CLM8)
	silent, echo := one(conformance.Fail, conformance.NoReply, spec.CLM8), one(conformance.Fail, conformance.BadValue, spec.FRM30)
	na, untested := one(conformance.NA, "", ""), one(conformance.Untested, "", "")
	none := conformance.Result{}
	for _, tc := range []struct {
		name      string
		then, now conformance.Result
		want      string
		compared  int
	}{
		{"nothing", pass, pass, "", 1},
		{"the same failure", failed, failed, "", 1},
		{"it fails", pass, failed, "worse, worse rule", 1},
		{"it warns", pass, warned, "worse, worse rule", 1},
		{"a warning fails", warned, failed, "worse, worse rule", 1},
		{"it is mended", failed, pass, "better, better rule", 1},
		{"it only warns", failed, warned, "better, better rule", 1},
		{"it fails otherwise", failed, silent, "changed", 1},
		{"it breaks another rule", failed, echo, "changed", 1},
		{"the rule of every reply is broken", pass, echo, "worse, worse rule", 1},
		{"the rule of every reply is kept", echo, pass, "better, better rule", 1},
		{"a pass is not exercised", pass, untested, "worse", 0},
		{"a failure is not exercised", failed, untested, "lost", 0},
		{"a failure is not applicable", failed, na, "lost", 0},
		{"a pass is not applicable", pass, na, "lost", 0},
		{"it is applicable, and fails", na, failed, "gained", 0},
		{"it is exercised, and passes", untested, pass, "gained", 0},
		{"another reason for no verdict", na, untested, "changed", 0},
		{"a failure was not selected", failed, none, "gone", 0},
		{"a pass was not selected", pass, none, "gone", 0},
		{"a new pass", none, pass, "new", 0},
		{"a new failure", none, failed, "new", 0},
	} {
		d := Compare(tc.then, tc.now)
		if got := found(d); got != tc.want || d.Compared != tc.compared {
			t.Errorf("%s: %s in %d, want %s in %d", tc.name, got, d.Compared, tc.want, tc.compared)
		}
		back := Compare(tc.now, tc.then)
		if len(back.Better) != len(d.Worse) && tc.compared > 0 || len(back.New) != len(d.Gone) || len(back.BetterRules) != len(d.WorseRules) {
			t.Errorf("%s: and back again %s", tc.name, found(back))
		}
	}
}

func TestAFormatThatDidNotRunIsNeitherBetterNorWorse(t *testing.T) {
	t.Parallel()
	then := result()
	now := then
	now.Cases = slices.DeleteFunc(slices.Clone(then.Cases), func(c conformance.CaseResult) bool { return c.Format == "json" })
	d := Compare(then, now)
	if got := found(d); got != "gone" || d.Compared != 2 {
		t.Errorf("%s in %d, want only what is gone, in 2", got, d.Compared)
	}
}

func TestARuleIsAsBadAsItsWorstCase(t *testing.T) {
	t.Parallel()
	then, now := one(conformance.Fail, conformance.BadValue, spec.CLM8), one(conformance.Fail, conformance.BadValue, spec.CLM8)
	for _, r := range []*conformance.Result{&then, &now} {
		other := r.Cases[0]
		other.Case = "CLM-8/y"
		r.Cases = append(r.Cases, other)
	}
	now.Cases[0].Verdict, now.Cases[0].Failure = conformance.Pass, nil
	if d := Compare(then, now); found(d) != "better" {
		t.Errorf("%s, want a better case of a rule that is as it was", found(d))
	}
}

// different are two runs between which everything happened that can.
func different() (then, now Named) {
	a, b := result(), result()
	pass := func(c *conformance.CaseResult) {
		c.Verdict, c.Failure, c.Transcript, c.Reason = conformance.Pass, nil, nil, ""
	}
	for i := range 3 { // FRM-30 is kept
		pass(&b.Cases[i])
	}
	b.Cases[3] = a.Cases[0]
	b.Cases[3].Case, b.Cases[3].Requirement, b.Cases[3].Chapter = a.Cases[3].Case, a.Cases[3].Requirement, a.Cases[3].Chapter
	pass(&b.Cases[5])
	f := *b.Cases[6].Failure
	f.Symptom = conformance.NoReply
	b.Cases[6].Failure = &f
	pass(&a.Cases[7])
	for i := range 30 {
		c := b.Cases[3]
		c.Case = fmt.Sprintf("QUE-1/case-%02d", i)
		b.Cases = append(b.Cases, c)
		pass(&c)
		if i > 3 {
			a.Cases = append(a.Cases, c)
		}
	}
	a.Cases = append(a.Cases, one(conformance.Pass, "", "").Cases...)
	return Named{"before/result.json", a}, Named{"zaqarwire-report/result.json", b}
}

func TestWriteDifference(t *testing.T) {
	t.Parallel()
	then, now := different()
	for name, o := range map[string]Options{"difference": {}, "difference-verbose": {Verbose: true}, "difference-narrow": {Width: 50}} {
		var b strings.Builder
		if !WriteDifference(&b, then, now, o) {
			t.Error("nothing is worse")
		}
		path := filepath.Join("testdata", name+".txt")
		if *rewrite {
			if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("%s is out of date (-rewrite, then read the diff):\n%s", path, b.String())
		}
		for line := range strings.Lines(b.String()) {
			if n := utf8.RuneCountInString(line) - 1; n > max(o.Width, 50) && n > 80 || o.Width > 0 && n > o.Width {
				t.Errorf("%s: %d columns: %s", name, n, line)
			}
		}
	}
	var b strings.Builder
	if WriteDifference(&b, then, then, Options{}) || !strings.Contains(b.String(), "\nNOTHING WORSE   ") {
		t.Errorf("a run compared with itself:\n%s", &b)
	}
}
