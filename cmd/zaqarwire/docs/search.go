// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// found is one thing that the search knows: its sort, its name, where it is, and its
// words. Search.js reads them in that order.
type found [4]string

// searchIndex is all that can be searched for, as a script: a page in a folder may
// load one, and nothing else.
func searchIndex() (File, error) {
	all, err := everything()
	if err != nil {
		return File{}, err
	}
	text, err := json.Marshal(all)
	if err != nil {
		return File{}, fmt.Errorf("encode the index: %w", err)
	}
	return File{"search-index.js", slices.Concat([]byte("window.searchIndex = "), text, []byte(";\n"))}, nil
}

func everything() ([]found, error) {
	var all []found
	for _, chapter := range []func() ([]found, error){foundInChapters, foundInGrounds} {
		some, err := chapter()
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	all = append(all, foundRequirements()...)
	all = append(all, foundInSchema()...)
	for _, s := range sequences() {
		all = append(all, found{"sequence", s.Title, "sequences.html#" + s.Name, s.Lead})
	}
	for _, f := range aboutDownloads() {
		all = append(all, found{"download", f.Name, "downloads.html", f.Does})
	}
	return all, nil
}

func foundRequirements() []found {
	cases, seeded := Cases(), faults()
	var all []found
	for _, r := range Register() {
		words := []string{plain(r.Text), plain(r.Notes), plain(r.Deviation), plain(r.Source)}
		for _, c := range cases[r.ID] {
			words = append(words, c.ID)
		}
		for _, f := range seeded[r.ID] {
			words = append(words, f.Name)
		}
		all = append(all, found{string(r.Level), string(r.ID), requirementFile(r.ID), strings.Join(words, " ")})
	}
	return all
}

func foundInSchema() []found {
	var all []found
	d := schema.Model()
	fields := func(list []schema.Field) string {
		var words []string
		for _, f := range list {
			words = append(words, f.Name, f.Doc)
		}
		return strings.Join(words, " ")
	}
	for _, a := range d.Actions {
		words := []string{a.Doc, fields(a.Request)}
		for _, r := range a.Responses {
			words = append(words, itoa(r.Status), r.When)
		}
		all = append(all, found{"action", a.Name, "actions/" + a.Name + ".html", plain(strings.Join(words, " "))})
	}
	for _, n := range d.Notifications {
		all = append(all, found{"notification", n.Name, notificationFile(n.Name), plain(n.Doc + " " + n.When + " " + fields(n.Fields))})
	}
	for _, t := range d.Types {
		all = append(all, found{"type", t.Name, "actions.html#type-" + t.Name, plain(t.Doc + " " + fields(t.Fields))})
	}
	for _, h := range d.Headers {
		all = append(all, found{"header", h.Name, "actions.html#headers", plain(h.Doc)})
	}
	for _, l := range d.Limits {
		all = append(all, found{"limit", l.Name, "actions.html#limit-" + l.Name, plain(fmt.Sprint(l.Doc, " ", l.Default, " ", l.Unit))})
	}
	for _, o := range slices.Concat(d.Features, d.Extensions) {
		all = append(all, found{"feature", o.Name, "actions.html#features", plain(o.Doc)})
	}
	return all
}

// foundInChapters are the sections of the chapters.
func foundInChapters() ([]found, error) {
	chapters, err := chapterPages()
	if err != nil {
		return nil, err
	}
	var all []found
	for i, c := range spec.Chapters() {
		all = append(all, found{"chapter", c.Title, chapters[i].File, ""})
		intros := map[string]string{}
		c.Markdown = inserted.ReplaceAllString(c.Markdown, "")
		for _, s := range Sections(c) {
			intros[s.Title] = plain(s.Intro)
		}
		for _, s := range chapters[i].Sections {
			all = append(all, found{c.Title, s.Title, chapters[i].File + s.File, intros[s.Title]})
		}
	}
	start, err := startPage()
	all = append(all, found{"page", start.Title, start.File, plain(fmt.Sprint(start.Data))})
	return all, err
}

func foundInGrounds() ([]found, error) {
	var all []found
	for _, m := range factRow.FindAllStringSubmatch(spec.Facts(), -1) {
		all = append(all, found{"fact", m[1], mentionURL(m[1]), plain(m[2])})
	}
	for _, d := range spec.Decisions() {
		title, err := inlineHTML(d.Title)
		if err != nil {
			return nil, err
		}
		all = append(all, found{"decision", d.Number + " " + plain(string(title)), mentionURL("decision " + d.Number), plain(d.Markdown)})
	}
	return all, nil
}

var blanks = regexp.MustCompile(`\s+`)

// plain is text without the marks of Markdown and HTML, on one line.
func plain(text string) string {
	text = html.UnescapeString(tag.ReplaceAllString(text, ""))
	text = strings.NewReplacer("`", "", "**", "", "|", " ", "\\", "").Replace(text)
	return strings.TrimSpace(blanks.ReplaceAllString(text, " "))
}
