// SPDX-License-Identifier: Apache-2.0

// Package docs renders the protocol as HTML pages: the chapters, a reference of the
// actions with their frames as JSON and MessagePack, a page for each requirement, and
// what all this rests on. The pages ask for nothing from elsewhere, and a browser opens
// them from a folder.
package docs

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"path"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

//go:embed site
var texts embed.FS

// File is one file of the site. Slashes part the folders of its name.
type File struct {
	Name string
	Data []byte
}

// page is what a template is given.
type page struct {
	File, Title string
	// Layout is the template of its content.
	Layout string
	// Sort is what the search calls it; empty for a page like no other.
	Sort string
	// Under is the entry of the menu that it belongs to; empty for one of its own.
	Under string
	// Sections are its parts, which the menu shows.
	Sections []entry
	// Data is what its template shows.
	Data any
	// Content is what its template made of it.
	Content template.HTML
	// Menu, Model and Version are those of the site.
	Menu    []group
	Model   *schema.Definition
	Version string
	// Example says that the site has reports to look at.
	Example bool
}

// entry is one line of the menu.
type entry struct{ File, Title string }

// group is a part of the menu.
type group struct {
	Title   string
	Entries []entry
}

// Extras come along with the site; the zero value is none.
type Extras struct {
	// Example is the files of reports, of which one is matrix.html: they go to the
	// folder example, and the first page leads to them.
	Example []File
	// Vectors is a zip of the vectors, to be downloaded.
	Vectors []byte
}

// Site renders the whole site; version is that of the command that writes it. Nothing is
// written yet, so nothing can be left half done.
func Site(version string, extras Extras) ([]File, error) {
	files, err := fixedFiles()
	if err != nil {
		return nil, err
	}
	if extras.Vectors != nil {
		files = append(files, File{path.Join("downloads", VectorsFile), extras.Vectors})
	}
	pages, err := allPages()
	if err != nil {
		return nil, err
	}
	pages = append(pages, downloadPage(files))
	frame, err := template.New("frame").Funcs(functions()).ParseFS(texts, "site/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	menu := menuOf(pages)
	for i, p := range pages {
		p.Menu, p.Model, p.Version, p.Example = menu, schema.Model(), version, len(extras.Example) > 0
		if p.Content, err = p.content(frame); err != nil {
			return nil, fmt.Errorf("content of %s: %w", p.File, err)
		}
		pages[i] = p // the search reads its content
		text, err := p.render(frame)
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", p.File, err)
		}
		files = append(files, File{p.File, text})
	}
	index, err := searchIndex(pages)
	if err != nil {
		return nil, err
	}
	files = append(files, index)
	for _, f := range extras.Example {
		files = append(files, File{path.Join("example", f.Name), f.Data})
	}
	return files, nil
}

// allPages are the pages in the order of the menu, but for the last.
func allPages() ([]page, error) {
	chapters, err := chapterPages()
	if err != nil {
		return nil, err
	}
	start, err := startPage()
	if err != nil {
		return nil, err
	}
	actions, err := actionPages()
	if err != nil {
		return nil, err
	}
	requirements := requirementPages()
	grounds, err := groundPages()
	if err != nil {
		return nil, err
	}
	all := []page{{File: "index.html", Title: "Overview", Layout: "index", Data: chapterRows()}, start}
	all = append(all, chapters...)
	all = append(all, actions...)
	all = append(all, sequencePage())
	all = append(all, requirements...)
	return append(all, grounds...), nil
}

// menuOf sorts the pages that stand for themselves into groups.
func menuOf(pages []page) []group {
	var menu []group
	titles := map[string]string{
		"index.html": "Protocol", "actions.html": "Reference", "facts.html": "Grounds", "downloads.html": "For programs",
	}
	for _, p := range pages {
		if p.Under != "" {
			continue
		}
		if title, begins := titles[p.File]; begins {
			menu = append(menu, group{Title: title})
		}
		last := &menu[len(menu)-1]
		last.Entries = append(last.Entries, entry{p.File, p.Title})
	}
	return menu
}

// content is what is the page's own.
func (p page) content(frame *template.Template) (template.HTML, error) {
	var out bytes.Buffer
	err := frame.ExecuteTemplate(&out, p.Layout, p)
	return template.HTML(out.String()), err //nolint:gosec // html/template has escaped it
}

// render fills the frame with the page's content.
func (p page) render(frame *template.Template) ([]byte, error) {
	var out bytes.Buffer
	if err := frame.ExecuteTemplate(&out, "frame", p); err != nil {
		return nil, err //nolint:wrapcheck // it names template and line
	}
	return below(p.File, out.Bytes()), nil
}

// Root leads from the page to the top of the site: empty, or "../".
func (p page) Root() string { return strings.Repeat("../", strings.Count(p.File, "/")) }

// Current tells whether the menu's entry e is this page, or the one that it belongs to.
func (p page) Current(e entry) string {
	switch e.File {
	case p.File:
		return "page"
	case p.Under:
		return "true"
	}
	return ""
}

// Spec is the protocol's name with its version.
func (p page) Spec() string { return p.Model.Protocol.Name + " " + p.Model.Protocol.API }

// below makes the links of a page in a folder, which are all written from the top of
// the site, lead from there.
func below(file string, text []byte) []byte {
	up := strings.Repeat("../", strings.Count(file, "/"))
	if up == "" {
		return text
	}
	return reference.ReplaceAllFunc(text, func(match []byte) []byte {
		attribute, to, _ := strings.Cut(string(match), `"`)
		if strings.HasPrefix(to, "#") || strings.Contains(to, ":") {
			return match
		}
		return []byte(attribute + `"` + up + to)
	})
}

// fixedFiles are the style sheet, the scripts and what is there to be downloaded.
func fixedFiles() ([]File, error) {
	var files []File
	for _, name := range []string{"style.css", "search.js"} {
		text, err := texts.ReadFile(path.Join("site", name))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		files = append(files, File{name, text})
	}
	downloads, err := downloadFiles()
	return append(files, downloads...), err
}

// chapterRow is a chapter in the index, with the number of its requirements.
type chapterRow struct {
	File, Title       string
	Must, Should, May int
}

func chapterRows() []chapterRow {
	var rows []chapterRow
	for _, c := range spec.Chapters() {
		row := chapterRow{File: c.Name + ".html", Title: c.Title}
		for _, r := range c.Requirements {
			switch r.Level {
			case spec.Must:
				row.Must++
			case spec.Should:
				row.Should++
			case spec.May:
				row.May++
			case spec.Retired:
			}
		}
		rows = append(rows, row)
	}
	return rows
}
