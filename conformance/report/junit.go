// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// The elements of junit.xml: what both the schema of Jenkins' JUnit model and that
// of its xUnit plugin allow.
type (
	suites struct {
		totals

		XMLName xml.Name `xml:"testsuites"`
		Suites  []suite  `xml:"testsuite"`
	}
	suite struct {
		totals

		Skipped    int        `xml:"skipped,attr"`
		Timestamp  string     `xml:"timestamp,attr"`
		Properties []property `xml:"properties>property"`
		Cases      []testCase `xml:"testcase"`
	}
	totals struct {
		Name     string  `xml:"name,attr"`
		Tests    int     `xml:"tests,attr"`
		Failures int     `xml:"failures,attr"`
		Errors   int     `xml:"errors,attr"`
		Time     xmlTime `xml:"time,attr"`
	}
	property struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	testCase struct {
		Name    string  `xml:"name,attr"`
		Class   string  `xml:"classname,attr"`
		Time    xmlTime `xml:"time,attr"`
		Skipped *words  `xml:"skipped"`
		Error   *fault  `xml:"error"`
		Failure *fault  `xml:"failure"`
		Out     *words  `xml:"system-out"`
	}
	words struct {
		Text string `xml:",chardata"`
	}
	fault struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	xmlTime time.Duration
)

// MarshalText writes seconds.
func (t xmlTime) MarshalText() ([]byte, error) {
	return strconv.AppendFloat(nil, time.Duration(t).Seconds(), 'f', 3, 64), nil
}

// JUnit is the text of junit.xml, valid against the XML Schema of Jenkins: a suite
// for each requirement, which its properties name, and a test for each case in each
// format, whose class is the chapter.
//
// A test is green only if its case passed. It is a failure if a MUST is broken, or in
// a strict run a SHOULD; an error if the case could not be exercised. It is skipped,
// with the reason, if it was not applicable, if its failure is a known one, and if a
// SHOULD is not followed, since JUnit has no word for a warning. What concerns no
// case stands in a first suite, "run". Nothing is a failure or an error if and only
// if the exit code of the run is 0.
func JUnit(r conformance.Result, version string) ([]byte, error) {
	all := suites{totals: totals{Name: "zaqarwire check", Time: xmlTime(r.Took)}, Suites: []suite{{}}}
	for _, id := range inReadingOrder(r.Cases) {
		all.add(suiteOf(r, id))
	}
	all.Suites[0] = runSuite(r, version, all.Failures+all.Errors > 0)
	all.count(all.Suites[0])
	body, err := xml.MarshalIndent(all, "", " ")
	if err != nil {
		return nil, fmt.Errorf("encode junit.xml: %w", err)
	}
	return slices.Concat([]byte(xml.Header), body, []byte("\n")), nil
}

func (s *suites) add(one suite) {
	s.Suites = append(s.Suites, one)
	s.count(one)
}

func (s *suites) count(one suite) {
	s.Tests += one.Tests
	s.Failures += one.Failures
	s.Errors += one.Errors
}

func (s *suite) add(t testCase) {
	s.Cases = append(s.Cases, t)
	s.Tests++
	s.Time += t.Time
	switch {
	case t.Failure != nil:
		s.Failures++
	case t.Error != nil:
		s.Errors++
	case t.Skipped != nil:
		s.Skipped++
	}
}

// inReadingOrder are the requirements that cases judge, as they stand in the spec.
func inReadingOrder(cases []conformance.CaseResult) []spec.ID {
	judged := map[spec.ID]bool{}
	for _, c := range cases {
		judged[c.Requirement] = true
	}
	var ids []spec.ID
	for _, q := range spec.All() {
		if judged[q.ID] {
			ids = append(ids, q.ID)
			delete(judged, q.ID)
		}
	}
	for _, c := range cases { // a result of another version can have others
		if judged[c.Requirement] {
			ids = append(ids, c.Requirement)
			delete(judged, c.Requirement)
		}
	}
	return ids
}

// suiteOf is a requirement with its cases.
func suiteOf(r conformance.Result, id spec.ID) suite {
	rule, _ := spec.Get(id)
	s := suite{
		totals:    totals{Name: string(id)},
		Timestamp: timestamp(r),
		Properties: []property{
			{"requirement", string(id)}, {"level", string(rule.Level)}, {"sentence", rule.Text}, {"spec", rule.URL()},
		},
	}
	for _, c := range r.Cases {
		if c.Requirement == id {
			s.add(testOf(r, c))
		}
	}
	return s
}

// testOf is a case in one format.
func testOf(r conformance.Result, c conformance.CaseResult) testCase {
	t := testCase{Name: c.Case + " [" + c.Format + "]", Class: c.Chapter, Time: xmlTime(c.Took)}
	switch {
	case c.Verdict == conformance.Pass:
	case c.Verdict == conformance.Untested:
		t.Error = &fault{"untested", firstLine(c.Reason), c.Reason}
	case c.Failure == nil:
		t.Skipped = &words{string(c.Verdict) + ": " + c.Reason}
	case c.Known != nil:
		t.Skipped = &words{"a known failure, " + string(c.Known.Symptom) + ": " + c.Known.Reason}
		t.Out = &words{Block(r, c)}
	case c.Verdict == conformance.Warn && !r.Strict:
		t.Skipped = &words{"not followed, and only a SHOULD: " + brief(c)}
		t.Out = &words{Block(r, c)}
	default:
		t.Failure = &fault{string(c.Failure.Symptom), brief(c), Block(r, c)}
	}
	return t
}

// brief is a failure in one line.
func brief(c conformance.CaseResult) string {
	rule, _ := spec.Get(c.Failure.Requirement)
	return fmt.Sprintf("%s %s: expected %s, got %s",
		c.Failure.Requirement, rule.Level, firstLine(c.Failure.Expected), firstLine(c.Failure.Actual))
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

// runSuite is what concerns the run and no case; red says whether one of them
// tells already that not all is right.
func runSuite(r conformance.Result, version string, red bool) suite {
	s := suite{
		totals:    totals{Name: "run"},
		Timestamp: timestamp(r),
		Properties: []property{
			{"tool", "zaqarwire " + version},
			{"url", r.URL},
			{"seed", r.Seed},
			{"command", r.Command},
			{"outcome", string(r.Outcome())},
			{"exit-code", strconv.Itoa(r.ExitCode())},
		},
	}
	if r.Held != nil {
		for _, k := range r.Held.Surprises {
			place := surprise(r.Held.File, k)
			s.add(testCase{Name: k.Case + " [" + k.Format + "]", Class: "known-failing", Failure: &fault{k.What, place, place}})
		}
	}
	if r.ExitCode() != conformance.ExitConformant && !red && s.Failures == 0 {
		why := r.Stopped
		if why == "" {
			why = "nothing was judged"
		}
		s.add(testCase{Name: string(r.Outcome()), Class: "run", Error: &fault{"incomplete", why, why}})
	}
	return s
}

// timestamp is when the run began, in UTC, as JUnit writes it.
func timestamp(r conformance.Result) string { return r.Began.UTC().Format("2006-01-02T15:04:05") }
