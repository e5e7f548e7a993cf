// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/zaqarwire/zaqarwire/spec"
)

// markdown leaves out raw HTML, so what it renders is safe on a page.
var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM))

// prose renders Markdown of the specification: each id of a requirement leads to it,
// and a file of the specification that is not on the page to where it is.
func prose(source string) (template.HTML, error) {
	var out bytes.Buffer
	if err := markdown.Convert([]byte(source), &out); err != nil {
		return "", fmt.Errorf("convert Markdown: %w", err)
	}
	return linked(out.String()), nil
}

// inline is prose for one sentence, without a paragraph around it.
func inline(sentence string) (template.HTML, error) {
	html, err := prose(sentence)
	s := strings.TrimSuffix(strings.TrimSpace(string(html)), "</p>")
	return template.HTML(strings.TrimPrefix(s, "<p>")), err //nolint:gosec // as in linked
}

var (
	// citing finds tags, code and links, in which nothing is a citation, and the ids
	// of requirements outside of them.
	citing  = regexp.MustCompile(`(?s)<a .*?</a>|<code.*?</code>|<[^>]*>|\b[A-Z]{3}-[1-9][0-9]*\b`)
	outward = regexp.MustCompile(`<a href="([a-z0-9/-]+)\.md(#[^"]*)?"`)
	toID    = regexp.MustCompile(`<a href="#([A-Z]{3}-[0-9]+)">[^<]*</a>`)
	wide    = strings.NewReplacer("<pre>", `<pre tabindex="0">`,
		"<table>", `<div class="wide" tabindex="0"><table>`, "</table>", "</table></div>")
)

// repository is where those texts can be read that are not on the page.
const repository = "https://github.com/zaqarwire/zaqarwire/blob/main/spec/"

func linked(html string) template.HTML {
	html = citing.ReplaceAllStringFunc(html, func(found string) string {
		if _, ok := spec.Get(spec.ID(found)); ok {
			return `<a href="#` + found + `">` + found + `</a>`
		}
		return found
	})
	html = outward.ReplaceAllString(html, `<a href="`+repository+`$1.md$2"`)
	return template.HTML(wide.Replace(html)) //nolint:gosec // our own prose, compiled in; goldmark leaves out raw HTML
}

// linkedTo takes the links to ids that are not there out of what linked made.
func linkedTo(text template.HTML, there func(spec.ID) bool) template.HTML {
	return template.HTML(toID.ReplaceAllStringFunc(string(text), func(link string) string { //nolint:gosec // as in linked
		id := toID.FindStringSubmatch(link)[1]
		if there(spec.ID(id)) {
			return link
		}
		return id
	}))
}

// passage is a part of a chapter: prose, or the id of a requirement that stands there.
type passage struct {
	Prose template.HTML
	ID    spec.ID
}

// passages cuts a chapter at its requirements.
func passages(c spec.Chapter) ([]passage, error) {
	source := []byte(c.Markdown)
	var out []passage
	var between bytes.Buffer
	flush := func() {
		if between.Len() > 0 {
			out = append(out, passage{Prose: linked(between.String())})
			between.Reset()
		}
	}
	inside := false // a requirement's section
	doc := markdown.Parser().Parse(text.NewReader(source))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			id, _, _ := strings.Cut(string(h.Lines().Value(source)), " ")
			inside = h.Level == 3
			if inside {
				flush()
				out = append(out, passage{ID: spec.ID(id)})
			}
			h.Level = min(h.Level+1, 4) // the page has a title of its own; a chapter leaves the third level to sentences
		}
		if inside || n == doc.FirstChild() {
			continue
		}
		if err := markdown.Renderer().Render(&between, source, n); err != nil {
			return nil, fmt.Errorf("render chapter %s: %w", c.Name, err)
		}
	}
	flush()
	return out, nil
}
