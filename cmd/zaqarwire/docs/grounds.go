// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// groundPages are the pages of what the chapters rest on: the facts, and the
// decisions one below the other.
func groundPages() ([]page, error) {
	facts, err := proseHTML(spec.Facts())
	if err != nil {
		return nil, fmt.Errorf("facts: %w", err)
	}
	decisions, err := decisionsHTML()
	if err != nil {
		return nil, err
	}
	return []page{
		prosePage("facts.html", "Facts", facts),
		prosePage("decisions.html", "Decisions", decisions),
	}, nil
}

// decisionsHTML gives each decision its number as anchor.
func decisionsHTML() (template.HTML, error) {
	var out strings.Builder
	out.WriteString("<h1>Decisions</h1>\n<p>Where the sentences of the chapters rest on a choice, why it was made and what it costs.</p>\n")
	for _, d := range spec.Decisions() {
		title, err := inlineHTML(d.Title)
		if err != nil {
			return "", fmt.Errorf("decision %s: %w", d.Number, err)
		}
		body, err := proseHTML(d.Markdown)
		if err != nil {
			return "", fmt.Errorf("decision %s: %w", d.Number, err)
		}
		fmt.Fprintf(&out, "<h2 id=\"%[1]s\"><a class=\"number\" href=\"#%[1]s\">%[1]s</a> %[2]s</h2>\n%[3]s", d.Number, title, body)
	}
	return template.HTML(out.String()), nil //nolint:gosec // our own decisions, compiled in
}
