// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/spec"
)

// baselineOf is a baseline in which each line stands for an entry; the reason is
// added.
func baselineOf(t *testing.T, lines ...string) *Baseline {
	t.Helper()
	b, err := ReadBaseline("known", strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const because = "  # a reason, F123, 2026-11-22"

func TestOutcomesAndExitCodes(t *testing.T) {
	t.Parallel()
	fail := func(_ context.Context, p *Peer) { p.Want("one", 1, 2) }
	apart := func(_ context.Context, p *Peer) { p.Skip("declared absent") }
	should := func() []Case {
		s := new(suite)
		s.check(spec.CLM1, "good", ask)
		s.check(spec.CLM4, "a-should", fail)
		return s.cases
	}()
	lacking := func() []Case {
		s := new(suite)
		s.check(spec.CLM1, "good", ask)
		s.checkWith(spec.CLM3, "bad", Rule{Needs: []string{"signed_requests"}}, fail)
		return s.cases
	}()
	known := baselineOf(t, "CLM-3/bad  *  value"+because)
	without := Target{Profile: Profile{Without: []string{"signed_requests"}}}
	for name, tc := range map[string]struct {
		cases   []Case
		options Options
		want    Outcome
		exit    int
	}{
		"all pass":                     {pair(ask), Options{}, Conformant, 0},
		"a MUST broken":                {pair(fail), Options{}, NotConformant, 1},
		"a SHOULD not followed":        {should, Options{}, Conformant, 0},
		"the same, strictly":           {should, Options{Strict: true}, NotConformant, 1},
		"a broken case":                {pair(func(context.Context, *Peer) { panic("oops") }), Options{}, Incomplete, 4},
		"a selection":                  {pair(fail), Options{Cases: []string{"CLM-1"}}, NoFailure, 0},
		"a selection, in part n/a":     {pair(apart), Options{Formats: []Format{JSON}}, NoFailure, 0},
		"all n/a":                      {pair(apart)[1:], Options{}, Incomplete, 4},
		"n/a":                          {pair(apart), Options{}, Conformant, 0},
		"a feature that is absent":     {lacking, Options{Target: without}, Conformant, 0},
		"a feature that is not":        {lacking, Options{}, NotConformant, 1},
		"enough seen":                  {pair(fail), Options{FailFast: 1}, NotConformant, 1},
		"never enough":                 {pair(ask), Options{FailFast: 1}, Conformant, 0},
		"all failures known":           {pair(fail), Options{Known: known}, AsKnown, 0},
		"known, and a broken case":     {append(pair(fail), oops()...), Options{Known: known}, Incomplete, 4},
		"known, but a SHOULD":          {append(pair(fail), should[1]), Options{Known: known}, AsKnown, 0},
		"known, but a SHOULD strictly": {append(pair(fail), should[1]), Options{Known: known, Strict: true}, NotConformant, 1},
		"known to fail, and passes":    {pair(ask), Options{Known: known}, NotAsKnown, 1},
		"known in another way": {
			pair(fail), Options{Known: baselineOf(t, "CLM-3/bad * shape"+because)}, NotConformant, 1,
		},
		"known in one format only": {
			pair(fail), Options{Known: baselineOf(t, "CLM-3/bad json value"+because)}, NotConformant, 1,
		},
		"nothing known of it": {
			pair(fail), Options{Known: baselineOf(t)}, NotConformant, 1,
		},
		"known of a case that is not there": {
			pair(ask), Options{Known: baselineOf(t, "CLM-3/gone * value"+because)}, NotAsKnown, 1,
		},
		"known, and left out": {pair(fail), Options{Known: known, Cases: []string{"CLM-1"}}, NoFailure, 0},
		"known, and enough":   {pair(fail), Options{Known: known, FailFast: 1}, AsKnown, 0},
		"sometimes, and passes": {
			pair(ask), Options{Known: baselineOf(t, "CLM-3/bad * value # sometimes: a race, F123, 2026-11-22")}, Conformant, 0,
		},
		"sometimes, and fails": {
			pair(fail), Options{Known: baselineOf(t, "CLM-3/bad * value # sometimes: a race, F123, 2026-11-22")}, AsKnown, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.options.Target.URL = serve(t, shelf())
			rec := new(recorder)
			got, err := executeCases(t.Context(), tc.cases, tc.options, rec, inOrder)
			if err != nil {
				t.Fatal(err)
			}
			if got.Outcome() != tc.want || got.ExitCode() != tc.exit {
				t.Errorf("%s, exit %d, want %s, %d", got.Outcome(), got.ExitCode(), tc.want, tc.exit)
			}
			if len(rec.judged) != len(rec.plan.Cases) || rec.result == nil {
				t.Errorf("the reporter was told of %d cases of %d", len(rec.judged), len(rec.plan.Cases))
			}
		})
	}
}

// oops is a case that is at fault itself.
func oops() []Case {
	s := new(suite)
	s.check(spec.CLM8, "oops", func(context.Context, *Peer) { panic("oops") })
	return s.cases
}

func TestEnoughFailuresEndARun(t *testing.T) {
	t.Parallel()
	s := new(suite)
	fail := func(_ context.Context, p *Peer) { p.Want("one", 1, 2) }
	for _, slug := range []string{"a", "b", "c"} {
		s.check(spec.CLM3, slug, fail)
	}
	for _, slug := range []string{"waiting", "waiting-too"} {
		s.wait(spec.CLM10, slug, func(context.Context, *Peer) []Step { return []Step{{At: 3600e9, Do: func(context.Context) {}}} })
	}
	o := Options{Target: Target{URL: serve(t, shelf())}, FailFast: 2, Formats: []Format{JSON}}
	got, err := executeCases(t.Context(), s.cases, o, silent{}, inOrder)
	if err != nil || got.Count(Fail) != 2 || got.Count(Untested) != 3 || !strings.Contains(got.Stopped, "2 failed") || got.Outcome() != NotConformant {
		t.Errorf("%d failed, %d untested, stopped %q, %s, %v", got.Count(Fail), got.Count(Untested), got.Stopped, got.Outcome(), err)
	}
	for _, c := range got.Cases[2:] {
		if c.Reason != got.Stopped {
			t.Errorf("%s: %q, want why the run stopped", c.Case, c.Reason)
		}
	}
}
