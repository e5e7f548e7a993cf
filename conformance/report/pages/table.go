// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// column is what a matrix compares: a format of one run, or a whole run of several.
type column struct {
	Name string
	// Results are those that belong to it.
	Results []conformance.CaseResult
	// format says that it is a format of the run that the page shows.
	format bool
	// report is where what did not pass has a place: the URL of a page, empty for
	// this one, nil for nowhere; then the cells tell it themselves.
	report *string
}

// table is a matrix: chapters, their requirements, their cases.
type table struct {
	Columns  []column
	Chapters []chapterRows
	Cases    int
	Signs    []sign // that occur in it
	Blocked  bool   // whether a requirement is so anywhere
	// Alone says that the specification is not on the page: then an id leads to the row
	// of its requirement.
	Alone bool
}

type chapterRows struct {
	Name, Title  string
	Cells        []cell
	Requirements []requirementRows
}

type requirementRows struct {
	ID    spec.ID
	Level spec.Level
	Text  template.HTML
	Cells []cell
	Cases []caseRow
}

type caseRow struct {
	ID, Slug string
	Cells    []cell
	Differ   bool // the verdicts of the columns differ
}

// cell is the verdict of a column: a glyph, and what there is to say beside it.
type cell struct {
	sign
	Text string
	Link string // empty if there is nothing more to see
	// Found is what was found, of a failure that has no place elsewhere.
	Found *conformance.Failure
}

// newTable puts columns side by side, on a page of its own or beside the specification.
func newTable(columns []column, alone bool) (*table, error) {
	t := &table{Columns: columns, Alone: alone}
	chapter, cases := byCase(columns)
	ranks := make([]map[spec.ID]rank, len(columns))
	for i, column := range columns {
		ranks[i] = sentences(column.Results)
	}
	for _, c := range chaptersOf(chapter) {
		part := chapterRows{Name: c.Name, Title: c.Title}
		for _, column := range columns {
			part.Cells = append(part.Cells, tally(column.Results, c.Name))
		}
		for _, r := range c.Requirements {
			text, err := inline(r.Text)
			if err != nil {
				return nil, err
			}
			if alone {
				text = linkedTo(text, func(id spec.ID) bool { return chapter[id] != "" })
			}
			row := requirementRows{ID: r.ID, Level: r.Level, Text: text, Cases: t.rows(r.ID, cases[r.ID])}
			for i := range columns {
				row.Cells = append(row.Cells, cell{sign: ranks[i][r.ID].sign()})
				t.Blocked = t.Blocked || ranks[i][r.ID] == blocked
			}
			t.Cases += len(row.Cases)
			part.Requirements = append(part.Requirements, row)
		}
		t.Chapters = append(t.Chapters, part)
	}
	t.Signs = signsOf(columns)
	return t, nil
}

// byCase are the chapter of each requirement, and the results of each of its cases, by
// column.
func byCase(columns []column) (chapter map[spec.ID]string, cases map[spec.ID]map[string][][]conformance.CaseResult) {
	chapter, cases = map[spec.ID]string{}, map[spec.ID]map[string][][]conformance.CaseResult{}
	for i, column := range columns {
		for _, c := range column.Results {
			chapter[c.Requirement] = c.Chapter
			if cases[c.Requirement] == nil {
				cases[c.Requirement] = map[string][][]conformance.CaseResult{}
			}
			if cases[c.Requirement][c.Case] == nil {
				cases[c.Requirement][c.Case] = make([][]conformance.CaseResult, len(columns))
			}
			cases[c.Requirement][c.Case][i] = append(cases[c.Requirement][c.Case][i], c)
		}
	}
	return chapter, cases
}

// rows are those of the cases of a requirement, whose results are given by column.
func (t *table) rows(id spec.ID, cases map[string][][]conformance.CaseResult) (rows []caseRow) {
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		row := caseRow{
			ID: name, Slug: strings.TrimPrefix(name, string(id)+"/"),
			Differ: differ(cases[name], t.Columns[0].format),
		}
		for i, results := range cases[name] {
			row.Cells = append(row.Cells, t.Columns[i].cell(results))
		}
		rows = append(rows, row)
	}
	return rows
}

// signsOf are the signs of the results, the worst first.
func signsOf(columns []column) (signs []sign) {
	seen := map[rank]bool{}
	for _, column := range columns {
		for _, c := range column.Results {
			seen[rankOf(c)] = true
		}
	}
	for _, r := range slices.Backward(slices.Sorted(maps.Keys(seen))) {
		signs = append(signs, r.sign())
	}
	return signs
}

// chaptersOf are the chapters of the specification with those of their requirements
// that are given by id. What the specification does not know, since a result is of
// another version, comes last.
func chaptersOf(chapter map[spec.ID]string) []spec.Chapter {
	var out []spec.Chapter
	place := map[string]int{}
	for _, c := range spec.Chapters() {
		place[c.Name] = len(out)
		requirements := c.Requirements
		c.Requirements = nil
		for _, r := range requirements {
			if _, ok := chapter[r.ID]; ok {
				c.Requirements = append(c.Requirements, r)
			}
		}
		out = append(out, c)
	}
	for _, id := range slices.Sorted(maps.Keys(chapter)) {
		if _, ok := spec.Get(id); ok {
			continue
		}
		name := chapter[id]
		if _, ok := place[name]; !ok {
			place[name] = len(out)
			out = append(out, spec.Chapter{Name: name, Title: name})
		}
		c := &out[place[name]]
		c.Requirements = append(c.Requirements, spec.Requirement{ID: id, Chapter: name})
	}
	return slices.DeleteFunc(out, func(c spec.Chapter) bool { return len(c.Requirements) == 0 })
}

// cell shows the results of one case in a column.
func (c column) cell(results []conformance.CaseResult) cell {
	r := worst(results)
	out := cell{sign: r.sign()}
	var formats []string
	for _, one := range results {
		if rankOf(one) != r {
			continue
		}
		formats = append(formats, one.Format)
		if one.Failure != nil && out.Link == "" && out.Found == nil {
			if c.report != nil {
				out.Link = *c.report + "#" + name(one)
			} else {
				out.Found = one.Failure
			}
		}
		if id := one.Broken(); id != "" && id != one.Requirement {
			out.Text = string(id)
		}
	}
	switch {
	case r == unasked:
		out.Text = ""
	case len(formats) < len(results):
		out.Text = strings.TrimSpace(out.Text + " " + strings.Join(formats, " "))
	case r != absent && out.Text == "":
		longest := slices.MaxFunc(results, func(a, b conformance.CaseResult) int { return int(a.Took - b.Took) })
		if longest.Took >= slow {
			out.Text = ms(longest.Took)
		}
	}
	return out
}

// slow is how long a case takes that shows its time.
const slow = 100 * time.Millisecond

// differ says whether columns judged a case differently: in the same format, but for
// columns that are formats. A column that did not run it differs from none.
func differ(columns [][]conformance.CaseResult, formats bool) bool {
	first := map[string]rank{}
	for _, results := range columns {
		for _, c := range results {
			key := c.Format
			if formats {
				key = ""
			}
			if r, ok := first[key]; ok && r != rankOf(c) {
				return true
			}
			first[key] = rankOf(c)
		}
	}
	return false
}

// tally counts the cases of a chapter.
func tally(results []conformance.CaseResult, chapter string) cell {
	var of []conformance.CaseResult
	good := 0
	for _, c := range results {
		if r := rankOf(c); c.Chapter == chapter && r != absent {
			of = append(of, c)
			if r == passed {
				good++
			}
		}
	}
	out := cell{sign: worst(of).sign()}
	if len(of) > 0 {
		out.Text = fmt.Sprintf("%d/%d", good, len(of))
	}
	return out
}

// name is the id of a case in a format.
func name(c conformance.CaseResult) string { return c.Case + "[" + c.Format + "]" }
