// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/zaqarwire/zaqarwire/spec"
)

// requirementID finds the ids of requirements in prose.
var requirementID = regexp.MustCompile(`\b[A-Z]{3}-[1-9][0-9]*\b`)

// chapterHTML renders a chapter. Each requirement's heading has its id as
// anchor, and each mention of an id leads there.
func chapterHTML(c spec.Chapter) (template.HTML, error) {
	md := goldmark.New(
		goldmark.WithExtensions(extension.GFM),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithASTTransformers(util.Prioritized(linker{}, 500)),
		),
	)
	var out bytes.Buffer
	ids := parser.NewContext(parser.WithIDs(&anchors{used: map[string]int{}}))
	if err := md.Convert([]byte(c.Markdown), &out, parser.WithContext(ids)); err != nil {
		return "", fmt.Errorf("convert Markdown: %w", err)
	}
	return template.HTML(decorate(out.String())), nil //nolint:gosec // our own chapters, compiled in; goldmark leaves out raw HTML
}

// inlineHTML renders a sentence of Markdown, without a paragraph around it.
func inlineHTML(sentence string) (template.HTML, error) {
	html, err := chapterHTML(spec.Chapter{Markdown: sentence})
	s := strings.TrimSpace(string(html))
	s = strings.TrimSuffix(strings.TrimPrefix(s, "<p>"), "</p>")
	return template.HTML(s), err //nolint:gosec // as in chapterHTML
}

var (
	headed = regexp.MustCompile(`<h3 id="([A-Z]{3}-[0-9]+)">[A-Z]{3}-[0-9]+ ([A-Z]+)(?: ([a-z]+))?</h3>`)
	tables = strings.NewReplacer("<table>", `<div class="wide"><table>`, "</table>", "</table></div>")
)

// decorate gives the headings of requirements their colour and a link to
// themselves, and lets wide tables scroll.
func decorate(html string) string {
	html = headed.ReplaceAllString(html,
		`<h3 id="$1">$1 <span class="$2">$2</span> <span class="party">$3</span> `+
			`<a class="anchor" href="#$1" aria-label="link to $1">#</a></h3>`)
	return tables.Replace(html)
}

// anchors names headings: a requirement by its id, any other by its words.
type anchors struct{ used map[string]int }

// Generate implements parser.IDs.
func (a *anchors) Generate(value []byte, _ ast.NodeKind) []byte {
	words := string(value)
	id := requirementID.FindString(words)
	if !strings.HasPrefix(words, id) || id == "" {
		id = strings.Trim(notWord.ReplaceAllString(strings.ToLower(words), "-"), "-")
	}
	a.used[id]++
	if n := a.used[id]; n > 1 {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return []byte(id)
}

var notWord = regexp.MustCompile(`[^a-z0-9_]+`)

// Put implements parser.IDs.
func (a *anchors) Put(value []byte) { a.used[string(value)]++ }

// linker turns each mention of a requirement in prose into a link.
type linker struct{}

// Transform implements parser.ASTTransformer.
func (linker) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	var found []*ast.Text
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Heading, *ast.Link, *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if entering && requirementID.Match(n.Segment.Value(r.Source())) {
				found = append(found, n)
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return // the walker above returns none
	}
	for _, n := range found {
		link(n, r.Source())
	}
}

// link cuts a text at the ids it mentions.
func link(n *ast.Text, source []byte) {
	parent, segment := n.Parent(), n.Segment
	at := segment.Start
	for _, m := range requirementID.FindAllIndex(segment.Value(source), -1) {
		start, end := segment.Start+m[0], segment.Start+m[1]
		target := requirementURL(spec.ID(source[start:end]))
		if target == "" {
			continue
		}
		if start > at {
			parent.InsertBefore(parent, n, ast.NewTextSegment(text.NewSegment(at, start)))
		}
		a := ast.NewLink()
		a.Destination = []byte(target)
		a.AppendChild(a, ast.NewTextSegment(text.NewSegment(start, end)))
		parent.InsertBefore(parent, n, a)
		at = end
	}
	n.Segment = text.NewSegment(at, segment.Stop) // keeps the line break behind it
}

// requirementURL is where the pages tell of id; empty if it is none.
func requirementURL(id spec.ID) string {
	r, ok := spec.Get(id)
	if !ok {
		return ""
	}
	return r.Chapter + ".html#" + string(id)
}
