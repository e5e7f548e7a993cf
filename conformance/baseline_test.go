// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"slices"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/spec"
)

func TestABaselineIsReadStrictly(t *testing.T) {
	t.Parallel()
	const sometimes = "  # sometimes: a race, F123, 2026-11-22\n"
	for name, tc := range map[string]struct{ text, says string }{
		"nothing":               {"", ""},
		"comments":              {"# one\n\n   # two\n", ""},
		"entries":               {"CLM-3/a json closed" + because + "\nCLM-3/a msgpack status=500" + because, ""},
		"three that are open":   {"CLM-3/a * order" + sometimes + "CLM-3/b * leak" + sometimes + "CLM-3/c * shape" + sometimes, ""},
		"no reason":             {"CLM-3/a json closed", `known:1: "" does not end in a fact and a date`},
		"no fact":               {"\nCLM-3/a json closed # because, 2026-11-22", "known:2: "},
		"no such day":           {"CLM-3/a json closed # because, F123, 2026-13-01", "a fact and a date"},
		"no date":               {"CLM-3/a json closed # because, F123", "a fact and a date"},
		"two words":             {"CLM-3/a closed" + because, "known:1: before the # are 2 words"},
		"four words":            {"CLM-3/a json is closed" + because, "known:1: before the # are 4 words"},
		"no case":               {"CLM-3 json closed" + because, `"CLM-3" is no id of a case`},
		"no format":             {"CLM-3/a xml closed" + because, `"xml" is no format; there are json, msgpack, mixed and *`},
		"no symptom":            {"CLM-3/a json broken" + because, `"broken" is no symptom`},
		"a status without one":  {"CLM-3/a json status=" + because, "no symptom"},
		"twice":                 {"CLM-3/a json closed" + because + "\n\nCLM-3/a json shape" + because, "known:3: CLM-3/a [json] stands in line 1 already"},
		"in all formats, twice": {"CLM-3/a * closed" + because + "\nCLM-3/a mixed closed" + because, "stands in line 1 already"},
		"one too many open": {
			"CLM-3/a * order" + sometimes + "CLM-3/b * leak" + sometimes + "CLM-3/c * shape" + sometimes + "CLM-3/d * closed" + sometimes,
			`known:4: one "sometimes" too many`,
		},
		"a line without an end": {strings.Repeat("x", 100_000), "read known: "},
	} {
		_, err := ReadBaseline("known", strings.NewReader(tc.text))
		switch {
		case tc.says == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)):
			t.Errorf("%s: %v, want %q", name, err, tc.says)
		}
	}
}

func TestWhatIsNotAsKnown(t *testing.T) {
	t.Parallel()
	failed := func(format string, symptom Symptom) CaseResult {
		return CaseResult{Case: "CLM-3/bad", Format: format, Verdict: Fail, Failure: &Failure{Requirement: spec.CLM3, Symptom: symptom}}
	}
	given := func(format string, v Verdict) CaseResult {
		return CaseResult{Case: "CLM-3/bad", Format: format, Verdict: v}
	}
	for name, tc := range map[string]struct {
		entry  string
		judged []CaseResult
		want   []string // what, and what was seen instead
		unused int
	}{
		"as known":               {"CLM-3/bad * value", []CaseResult{failed("json", BadValue), failed("mixed", BadValue)}, nil, 0},
		"passes in one format":   {"CLM-3/bad * value", []CaseResult{failed("json", BadValue), given("mixed", Pass)}, []string{"passes [mixed]"}, 0},
		"passes elsewhere":       {"CLM-3/bad json value", []CaseResult{failed("json", BadValue), given("mixed", Pass)}, nil, 0},
		"another symptom":        {"CLM-3/bad json value", []CaseResult{failed("json", NoReply)}, []string{"other symptom no-reply [json]"}, 0},
		"another status":         {"CLM-3/bad json status=500", []CaseResult{failed("json", "status=200")}, []string{"other symptom status=200 [json]"}, 0},
		"not selected":           {"CLM-3/bad json value", nil, nil, 1},
		"not selected so":        {"CLM-3/bad json value", []CaseResult{failed("mixed", BadValue)}, nil, 1},
		"not applicable":         {"CLM-3/bad json value", []CaseResult{given("json", NA)}, nil, 1},
		"untested":               {"CLM-3/bad json value", []CaseResult{given("json", Untested)}, nil, 1},
		"no such case":           {"CLM-3/gone json value", nil, []string{"stale entry there is no such case"}, 0},
		"not run in that format": {"CLM-3/good mixed value", nil, []string{"stale entry the case is not run in that format"}, 0},
	} {
		all := pair(ask)
		all = append(all, Case{ID: "CLM-3/good", Rule: Rule{Formats: []Format{JSON}}})
		h := baselineOf(t, tc.entry+because).hold(all, tc.judged)
		var got []string
		for _, s := range h.Surprises {
			got = append(got, s.What+" "+s.Actual)
		}
		if !slices.Equal(got, tc.want) || h.Unused != tc.unused || h.Entries != 1 {
			t.Errorf("%s: %q, %d unused, want %q, %d", name, got, h.Unused, tc.want, tc.unused)
		}
	}
}
