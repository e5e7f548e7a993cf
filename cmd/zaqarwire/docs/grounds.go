// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// decision is one choice, and what rests on it.
type decision struct {
	spec.Decision

	Body      template.HTML
	Sentences []spec.Requirement
	// Previous and Next are the numbers of its neighbours; empty at an end.
	Previous, Next string
}

// groundPages are the pages of what the chapters rest on: the facts, the list of the
// decisions, and a page for each of them.
func groundPages() ([]page, error) {
	facts, err := proseHTML(spec.Facts())
	if err != nil {
		return nil, fmt.Errorf("facts: %w", err)
	}
	pages := []page{
		prosePage("facts.html", "Facts", facts),
		{File: "decisions.html", Title: "Decisions", Layout: "decisions", Data: spec.Decisions()},
	}
	all := spec.Decisions()
	for i, d := range all {
		one := decision{Decision: d, Sentences: restingOn(d)}
		if one.Body, err = proseHTML(d.Markdown); err != nil {
			return nil, fmt.Errorf("decision %s: %w", d.Number, err)
		}
		if i > 0 {
			one.Previous = all[i-1].Number
		}
		if i+1 < len(all) {
			one.Next = all[i+1].Number
		}
		title, err := inlineHTML(d.Title)
		if err != nil {
			return nil, fmt.Errorf("decision %s: %w", d.Number, err)
		}
		pages = append(pages, page{
			File: decisionFile(d.Number), Title: d.Number + " " + words(string(title)), Layout: "decision", Sort: "decision",
			Under: "decisions.html", Data: one,
		})
	}
	return pages, nil
}

func decisionFile(number string) string { return "decisions/" + number + ".html" }

// restingOn are the requirements that cite a decision.
func restingOn(d spec.Decision) []spec.Requirement {
	return slices.DeleteFunc(Register(), func(r spec.Requirement) bool {
		return !strings.Contains(strings.ToLower(r.Notes+" "+r.Source+" "+r.Deviation), "decision "+d.Number)
	})
}
