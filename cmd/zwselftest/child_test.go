// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"testing"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/spec"
)

// result is a case of a rule that found a rule broken; none if that is empty.
func result(of, broken spec.ID, v conformance.Verdict, setup bool) conformance.CaseResult {
	c := conformance.CaseResult{Case: string(of) + "/case", Requirement: of, Verdict: v}
	if broken != "" {
		c.Failure = &conformance.Failure{Requirement: broken, Setup: setup}
	}
	return c
}

func TestAFaultIsCaughtForTheRightReason(t *testing.T) {
	t.Parallel()
	const fail, warn = conformance.Fail, conformance.Warn
	must := mutants.Mutant{Name: "claims-twice", Breaks: spec.CLM8}
	should := mutants.Mutant{Name: "mute", Breaks: spec.FRM17}
	made := mutants.Mutant{Name: "claim-create/late", Breaks: spec.CLM8}
	for name, tc := range map[string]struct {
		of      mutants.Mutant
		found   conformance.CaseResult
		verdict string
		proves  bool
	}{
		"by a case of the rule":                      {must, result(spec.CLM8, spec.CLM8, fail, false), "right", true},
		"by another case that cites the rule":        {must, result(spec.CLM3, spec.CLM8, fail, false), "right", false},
		"by a rule of all replies while it prepares": {must, result(spec.CLM3, spec.CLM8, fail, true), "right", false},
		"by a case of the rule while it prepares":    {must, result(spec.CLM8, spec.CLM8, fail, true), "other", false},
		"by a case of another rule":                  {must, result(spec.CLM3, spec.CLM3, fail, false), "other", true},
		"a warning is not enough for a MUST":         {must, result(spec.CLM3, spec.FRM17, warn, false), "survived", false},
		"by nobody":                                  {must, result(spec.CLM8, "", conformance.Pass, false), "survived", false},
		"by a case that could not be exercised":      {must, result(spec.CLM8, spec.CLM8, conformance.Untested, false), "survived", false},
		"a warning is enough for a SHOULD":           {should, result(spec.FRM17, spec.FRM17, warn, false), "right", true},
		"a warning is enough for a generated one":    {made, result(spec.FRM17, spec.FRM17, warn, false), "other", true},
	} {
		got := read(tc.of, []conformance.CaseResult{tc.found})
		if got.Verdict != tc.verdict || (len(got.own) > 0) != tc.proves {
			t.Errorf("%s: %s, proof of %v; want %s, proof %v", name, got.Verdict, got.own, tc.verdict, tc.proves)
		}
	}
}

func TestALawfulServerIsAccusedByAnyBrokenMustAndWhatWasNotTestedIsTold(t *testing.T) {
	t.Parallel()
	for v, want := range map[conformance.Verdict]string{
		conformance.Pass: "passed", conformance.Warn: "passed", conformance.NA: "passed",
		conformance.Fail: "accused", conformance.Untested: "untested",
	} {
		if got := acquit(mutants.Mutant{Name: "sound"}, []conformance.CaseResult{{Verdict: v}}); got.Verdict != want {
			t.Errorf("after %s: %s, want %s", v, got.Verdict, want)
		}
	}
}

func TestASurvivorIsArguedOrAProblem(t *testing.T) {
	t.Parallel()
	var all []judged
	for range 200 {
		all = append(all, judged{Name: "a/killed", Verdict: "right"})
	}
	all = append(all, judged{Name: "a/argued", Verdict: "survived"}, judged{Name: "a/alone", Verdict: "survived"})
	got := surviving(all, map[string]string{"a/argued": "why", "a/killed": "why"})
	want := func(part string, n int) {
		t.Helper()
		some := slices.DeleteFunc(slices.Clone(got), func(p string) bool { return p[:len(part)] != part })
		if len(some) != n {
			t.Errorf("%d problems of %s, want %d: %q", len(some), part, n, some)
		}
	}
	want("a/argued", 0)
	want("a/alone ", 1)
	want("a/killed", 200)
	if many := tooMany(all); len(many) != 0 {
		t.Errorf("%q, want that two of 202 are not too many", many)
	}
	if many := tooMany(all[100:]); len(many) != 1 {
		t.Errorf("%q, want that two of 102 are too many", many)
	}
}
