// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// home is where people find the tool.
const home = "https://github.com/zaqarwire/zaqarwire"

type object = map[string]any

// SARIF is the text of result.sarif, version 2.1.0: a rule for each requirement that
// is broken or could not be judged, a result for each case in each format that shows
// it. A known failure is suppressed, with its reason. What could not be exercised is
// "open", and a run with such a case was not successful.
func SARIF(r conformance.Result, version string) ([]byte, error) {
	var ids []spec.ID
	rules, results := []object{}, []object{}
	for _, c := range sorted(r.Cases) {
		if c.Failure == nil && c.Verdict != conformance.Untested {
			continue
		}
		id := c.Requirement
		if c.Failure != nil {
			id = c.Failure.Requirement
		}
		at := slices.Index(ids, id)
		if at < 0 {
			at = len(ids)
			ids = append(ids, id)
			rules = append(rules, sarifRule(id))
		}
		result := sarifResult(r, c)
		result["ruleId"], result["ruleIndex"] = id, at
		results = append(results, result)
	}
	text, err := json.MarshalIndent(object{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []object{{
			"tool": object{"driver": object{
				"name": "zaqarwire", "version": version, "informationUri": home, "rules": rules,
			}},
			"columnKind":  "unicodeCodePoints",
			"invocations": []object{sarifInvocation(r)},
			"results":     results,
		}},
	}, "", " ")
	if err != nil {
		return nil, fmt.Errorf("encode result.sarif: %w", err)
	}
	return append(text, '\n'), nil
}

func sarifInvocation(r conformance.Result) object {
	return object{
		"executionSuccessful": r.Outcome() != conformance.Incomplete,
		"exitCode":            r.ExitCode(),
		"exitCodeDescription": string(r.Outcome()),
		"startTimeUtc":        r.Began.UTC().Format(time.RFC3339),
		"endTimeUtc":          r.Began.Add(r.Took).UTC().Format(time.RFC3339),
		"properties":          object{"command": r.Command, "url": r.URL, "seed": r.Seed},
	}
}

func sarifRule(id spec.ID) object {
	rule, _ := spec.Get(id)
	level := "error"
	if rule.Level != spec.Must {
		level = "warning"
	}
	return object{
		"id": id, "shortDescription": object{"text": rule.Text}, "helpUri": rule.URL(),
		"defaultConfiguration": object{"level": level},
		"properties":           object{"level": rule.Level, "chapter": rule.Chapter},
	}
}

// sarifResult is a case that failed, warned or could not be exercised.
func sarifResult(r conformance.Result, c conformance.CaseResult) object {
	kind, level, text := "fail", "error", "not exercised: "+c.Reason
	switch {
	case c.Failure == nil:
		kind, level = "open", "none"
	case c.Verdict == conformance.Warn && !r.Strict:
		level = "warning"
	}
	if c.Failure != nil {
		text = fmt.Sprintf("expected %s, got %s\n%s", c.Failure.Expected, c.Failure.Actual, Again(r, c))
	}
	rule, _ := spec.Get(c.Requirement)
	name := c.Case + " [" + c.Format + "]"
	result := object{
		"kind": kind, "level": level, "message": object{"text": sarifText(text)},
		"locations": []object{{
			"physicalLocation": object{"artifactLocation": object{"uri": rule.URL()}},
			"logicalLocations": []object{{"fullyQualifiedName": name, "kind": "member"}},
		}},
		"partialFingerprints": object{"case/v1": name},
	}
	if c.Known != nil {
		result["suppressions"] = []object{{"kind": "external", "justification": c.Known.Reason}}
	}
	return result
}

// sarifText is a text as a message holds it, without links and placeholders.
func sarifText(text string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "{", "{{", "}", "}}").Replace(text)
}
