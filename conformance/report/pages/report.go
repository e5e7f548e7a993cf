// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"fmt"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// Run is a run of the suite, to be shown.
type Run struct {
	Result conformance.Result
	// Version is the command's own.
	Version string
	// Faults name, by the requirement that each breaks, the servers that prove that the
	// suite finds it broken.
	Faults map[spec.ID][]string
}

// Report is index.html of a run.
func Report(r conformance.Result, version string) ([]byte, error) {
	return Run{Result: r, Version: version}.HTML()
}

// onePage is what the template of index.html is given.
type onePage struct {
	base
	Run

	Sign     sign
	Selected int // the results of a run that was asked for a part only and found nothing
	Began    string
	Took     string
	Counts   []count
	Covered  int
	All      int
	Broken   []trouble
	Kinds    []kind
	Table    *table
	Chapters []chapter
}

// count is how many results have a sign.
type count struct {
	sign
	N int
}

// HTML is index.html: the matrix, the specification tinted by verdict, and the cases
// that did not pass.
func (r Run) HTML() ([]byte, error) {
	p := onePage{
		Run: r, Sign: outcome(r.Result), Counts: counts(r.Result.Cases),
		Began: r.Result.Began.UTC().Format(time.DateTime) + " UTC", Took: ms(r.Result.Took),
	}
	p.Covered, p.All = r.Result.Covered()
	if r.Result.Outcome() == conformance.NoFailure {
		p.Selected = r.Result.Judged()
	}
	var err error
	if p.Table, err = newTable(formatColumns(r.Result.Cases), false); err != nil {
		return nil, err
	}
	if p.Kinds, err = r.kinds(); err != nil {
		return nil, err
	}
	if p.Chapters, err = r.chapters(p.Kinds); err != nil {
		return nil, err
	}
	t, err := newPages()
	if err != nil {
		return nil, err
	}
	if p.Packed, err = t.pack(p.Kinds); err != nil {
		return nil, err
	}
	p.Broken = troubles(p.Kinds)
	p.base = newBase(fmt.Sprintf("%s · %s", r.Result.Outcome(), r.Result.URL), r.Version, p.Packed)
	return t.page("index.html", p)
}

// formatColumns are the formats of a run.
func formatColumns(cases []conformance.CaseResult) []column {
	var out []column
	for _, f := range conformance.RunFormats() {
		c := column{Name: f.String(), format: true, report: new(string)}
		for _, one := range cases {
			if one.Format == c.Name {
				c.Results = append(c.Results, one)
			}
		}
		if len(c.Results) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// outcome is the sign of a whole run.
func outcome(r conformance.Result) sign {
	switch r.Outcome() {
	case conformance.NotConformant, conformance.NotAsKnown:
		return failed.sign()
	case conformance.Incomplete:
		return untested.sign()
	case conformance.AsKnown:
		return known.sign()
	default:
		return passed.sign()
	}
}

// counts are the signs that occur, the worst first.
func counts(cases []conformance.CaseResult) []count {
	n := map[rank]int{}
	for _, c := range cases {
		n[rankOf(c)]++
	}
	var out []count
	for r := failed; r > unasked; r-- {
		if n[r] > 0 {
			out = append(out, count{r.sign(), n[r]})
		}
	}
	return out
}

// Named is a run among several.
type Named struct {
	Name   string
	Result conformance.Result
	// Report is the URL of its own report, from where the matrix is; empty if it has
	// none.
	Report string
}

// manyPage is what the template of matrix.html is given.
type manyPage struct {
	base

	Runs  []server
	Table *table
}

// server is the head of a column.
type server struct {
	Named

	Sign     sign
	Outcome  conformance.Outcome
	Counts   []count
	Covered  int
	All      int
	Began    string
	Declared string
}

// Matrix is matrix.html: the servers that were judged, side by side.
func Matrix(all []Named, version string) ([]byte, error) {
	var columns []column
	var runs []server
	for _, n := range all {
		c := column{Name: n.Name, Results: n.Result.Cases}
		if n.Report != "" {
			c.report = &n.Report
		}
		columns = append(columns, c)
		s := server{
			Named: n, Sign: outcome(n.Result), Outcome: n.Result.Outcome(), Counts: counts(n.Result.Cases),
			Began: n.Result.Began.UTC().Format(time.DateTime) + " UTC", Declared: n.Result.Profile.Name,
		}
		s.Covered, s.All = n.Result.Covered()
		runs = append(runs, s)
	}
	table, err := newTable(columns, true)
	if err != nil {
		return nil, err
	}
	t, err := newPages()
	if err != nil {
		return nil, err
	}
	title := plural(len(all), "server")
	if len(all) > 1 {
		title += " side by side"
	}
	return t.page("matrix.html", manyPage{base: newBase(title, version, ""), Runs: runs, Table: table})
}
