// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/zaqarwire/zaqarwire/spec"
)

var (
	// requirementID finds the ids of requirements in prose.
	requirementID = regexp.MustCompile(`\b[A-Z]{3}-[1-9][0-9]*\b`)
	// mention finds whatever prose cites: requirements, facts and decisions.
	mention = regexp.MustCompile(`\b(?:[A-Z]{3}-[1-9][0-9]*|F[0-9]{3}|[Dd]ecision [0-9]{4})\b`)
)

// reference finds links in HTML.
var reference = regexp.MustCompile(`\b(?:href|src)="[^"]*"`)

// markdown is how all prose is read.
var markdown = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.GFM),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithASTTransformers(util.Prioritized(linker{}, 500)),
		),
	)
})

// proseHTML renders a chapter, or what it rests on. Each requirement's heading
// has its id as anchor, and each mention of one, of a fact or of a decision leads
// to it.
func proseHTML(text string) (template.HTML, error) {
	var out bytes.Buffer
	ids := parser.NewContext(parser.WithIDs(&anchors{used: map[string]int{}}))
	if err := markdown().Convert([]byte(text), &out, parser.WithContext(ids)); err != nil {
		return "", fmt.Errorf("convert Markdown: %w", err)
	}
	return template.HTML(decorate(out.String())), nil //nolint:gosec // our own prose, compiled in; goldmark leaves out raw HTML
}

// inlineHTML renders a sentence of Markdown, without a paragraph around it.
func inlineHTML(sentence string) (template.HTML, error) {
	html, err := proseHTML(sentence)
	s := strings.TrimSpace(string(html))
	s = strings.TrimSuffix(strings.TrimPrefix(s, "<p>"), "</p>")
	return template.HTML(s), err //nolint:gosec // as in proseHTML
}

var (
	headed  = regexp.MustCompile(`<h3 id="([A-Z]{3}-[0-9]+)">[A-Z]{3}-[0-9]+ ([A-Z]+) ([a-z]+)</h3>`)
	retired = regexp.MustCompile(`<h3 id="([A-Z]{3}-[0-9]+)">[A-Z]{3}-[0-9]+ RETIRED</h3>`)
	fact    = regexp.MustCompile(`<tr>\n<td>(<a href="facts\.html#(F[0-9]{3})">)`)
	marks   = strings.NewReplacer(
		"<!-- raw HTML omitted -->\n", "", "<pre>", `<pre tabindex="0">`,
		"<table>", `<div class="wide" tabindex="0"><table>`, "</table>", "</table></div>",
		"<th></th>", "<td></td>", // the corner of a table heads nothing
	)
)

// decorate gives the headings of requirements their colour, a link to what is known of
// them and one to themselves, the rows of facts their anchor, and lets wide tables scroll.
func decorate(html string) string {
	html = headed.ReplaceAllString(html,
		`<h3 id="$1"><a href="requirements/$1.html">$1</a> <span class="$2">$2</span> <span class="party">$3</span> `+
			`<a class="anchor" href="#$1" aria-label="link to $1">#</a></h3>`)
	html = retired.ReplaceAllString(html,
		`<h3 id="$1">$1 <span class="party">retired</span> <a class="anchor" href="#$1" aria-label="link to $1">#</a></h3>`)
	html = fact.ReplaceAllString(html, `<tr id="$2">`+"\n<td>$1")
	return marks.Replace(html)
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

// chapterFile is where a link within the prose leads: to a page, among pages.
var chapterFile = regexp.MustCompile(`^([a-z]+)\.md\b`)

// linker turns each mention in prose into a link.
type linker struct{}

// Transform implements parser.ASTTransformer.
func (linker) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	var found []*ast.Text
	level := 1
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			n.Destination = chapterFile.ReplaceAll(n.Destination, []byte("$1.html"))
			return ast.WalkSkipChildren, nil
		case *ast.Heading:
			n.Level = min(n.Level, level+1) // no reader of headings misses a level
			level = n.Level
			return ast.WalkSkipChildren, nil
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if entering {
				join(n, r.Source())
			}
			if entering && mention.Match(n.Segment.Value(r.Source())) {
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

// join makes one of texts that the parser left in pieces, as it may between two
// words.
func join(n *ast.Text, source []byte) {
	for next := n.NextSibling(); next != nil && n.Merge(next, source); next = n.NextSibling() {
		n.Parent().RemoveChild(n.Parent(), next)
	}
}

// link cuts a text at what it mentions.
func link(n *ast.Text, source []byte) {
	parent, segment := n.Parent(), n.Segment
	at := segment.Start
	for _, m := range mention.FindAllIndex(segment.Value(source), -1) {
		start, end := segment.Start+m[0], segment.Start+m[1]
		target := mentionURL(string(source[start:end]))
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

// mentionURL is where the pages tell of what is cited; empty if nowhere.
func mentionURL(cited string) string {
	if number, ok := strings.CutPrefix(strings.ToLower(cited), "decision "); ok {
		return decisionFile(number)
	}
	if strings.HasPrefix(cited, "F") && !strings.Contains(cited, "-") {
		return "facts.html#" + cited
	}
	return requirementURL(spec.ID(cited))
}

// requirementURL is where the pages tell of id; empty if it is none.
func requirementURL(id spec.ID) string {
	r, ok := spec.Get(id)
	if !ok {
		return ""
	}
	return r.Chapter + ".html#" + string(id)
}
