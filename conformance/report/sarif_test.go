// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/zaqarwire/zaqarwire/conformance"
)

func TestSARIFIsValid(t *testing.T) {
	t.Parallel()
	schema, err := jsonschema.NewCompiler().Compile("testdata/sarif-2.1.0-rtm.5.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range runs() {
		text, err := SARIF(r, "0.1.0")
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		v.(map[string]any)["version"] = "2.0.0"
		if err := schema.Validate(v); err == nil {
			t.Errorf("%s: another version is valid", name)
		}
	}
}

func TestSARIFHasARuleForEachBrokenRequirement(t *testing.T) {
	t.Parallel()
	text, err := SARIF(known(result(), nil), "0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct {
						ID string `json:"id"`
					} `json:"rules"`
				} `json:"driver"`
			} `json:"tool"`
			Results []struct {
				RuleID       string     `json:"ruleId"`
				RuleIndex    int        `json:"ruleIndex"`
				Level        string     `json:"level"`
				Suppressions []struct{} `json:"suppressions"`
			} `json:"results"`
		} `json:"runs"`
	}
	if err := json.Unmarshal(text, &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if rules := run.Tool.Driver.Rules; len(rules) != 2 || rules[0].ID != "FRM-30" || rules[1].ID != "CLM-4" {
		t.Errorf("rules %v, want those that are broken", rules)
	}
	if len(run.Results) != 4 {
		t.Fatalf("%d results, want 4", len(run.Results))
	}
	for _, one := range run.Results {
		if one.RuleID != run.Tool.Driver.Rules[one.RuleIndex].ID {
			t.Errorf("%s stands for rule %d", one.RuleID, one.RuleIndex)
		}
		failed := one.RuleID == "FRM-30"
		if failed != (len(one.Suppressions) == 1) || failed != (one.Level == "error") {
			t.Errorf("%+v: want a known failure to be suppressed, and a SHOULD to be a warning", one)
		}
	}
}

func TestASARIFMessageHasNoLinks(t *testing.T) {
	t.Parallel()
	const want = `\[a\](https://x) {{0}} \\`
	if got := sarifText(`[a](https://x) {0} \`); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestABadgeIsGreenOnlyForWhatConforms(t *testing.T) {
	t.Parallel()
	for name, r := range runs() {
		text, err := Badge(r, "0.1.0")
		if err != nil {
			t.Fatal(err)
		}
		var badge struct {
			SchemaVersion int    `json:"schemaVersion"`
			Label         string `json:"label"`
			Message       string `json:"message"`
			Color         string `json:"color"`
			IsError       bool   `json:"isError"`
		}
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		if err := d.Decode(&badge); err != nil {
			t.Fatal(err)
		}
		conforms := r.Outcome() == conformance.Conformant
		if badge.SchemaVersion != 1 || badge.Label == "" || badge.Message == "" || badge.IsError != (r.ExitCode() != 0) ||
			conforms != (badge.Color == "brightgreen") || conforms != (badge.Message == "conformant") || badge.Color == "" {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestAnAnnotationIsOneLine(t *testing.T) {
	t.Parallel()
	for name, r := range runs() {
		if name == "hostile" {
			f := *r.Cases[0].Failure
			f.Actual = "\n::set-output name=x::y\r\n100%"
			r.Cases[0].Failure = &f
		}
		want := len(groups(r.Cases, conformance.Fail)) + len(groups(r.Cases, conformance.Warn)) + len(groups(r.Cases, conformance.Untested))
		got := Annotations(r)
		for line := range strings.Lines(got) {
			level := strings.HasPrefix(line, "::error title=") || strings.HasPrefix(line, "::warning title=") && !r.Strict
			if !level || strings.Contains(line, "\r") {
				t.Errorf("%s: %q", name, line)
			}
		}
		if n := strings.Count(got, "\n"); n != want {
			t.Errorf("%s: %d annotations, want %d:\n%s", name, n, want, got)
		}
	}
}

func TestNoMoreAnnotationsThanGitHubShows(t *testing.T) {
	t.Parallel()
	r := result()
	for i := range 20 {
		c, f := r.Cases[0], *r.Cases[0].Failure
		f.Path = strings.Repeat("x", i+1)
		c.Failure, c.Requirement = &f, f.Requirement
		r.Cases = append(r.Cases, c)
	}
	got := Annotations(r)
	if n := strings.Count(got, "::error title=FAIL"); n != maxAnnotations-1 || !strings.Contains(got, "::error title=12 more::") {
		t.Errorf("%d failures are told:\n%s", n, got)
	}
}
