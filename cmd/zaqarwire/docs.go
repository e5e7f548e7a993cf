// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

//go:embed site
var site embed.FS

func newDocs(s streams) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "docs -o DIR",
		Short: "Write the specification as HTML pages",
		Long: `Write the chapters of the specification, a reference of the actions, and the
facts and decisions that the chapters rest on, as HTML pages that need nothing
from elsewhere. A requirement is found under its id: claims.html#CLM-3; so is a
fact, facts.html#F117, and a decision, decisions.html#0006.`,
		Args: takes(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if dir == "" {
				return usage("say where to: zaqarwire docs -o DIR")
			}
			pages, err := renderSite()
			if err != nil {
				return fmt.Errorf("render the pages: %w", err)
			}
			if err := writeFiles(dir, pages); err != nil {
				return usage("cannot write the pages: %w", plain(err))
			}
			fmt.Fprintln(s.out, filepath.Join(dir, "index.html"))
			return nil
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "folder to write to; it is made if need be")
	return cmd
}

// navigation is one entry of the menu.
type navigation struct{ File, Title string }

// page is what each template is given.
type page struct {
	File, Title string
	Nav         []navigation
	Model       *schema.Definition
	Body        template.HTML // of a page that is all prose
	Chapters    []chapterRow  // of the index
	Register    []spec.Requirement
}

// chapterRow is a chapter in the index, with the number of its requirements.
type chapterRow struct {
	File, Title       string
	Must, Should, May int
}

// renderSite renders all pages. Nothing is written yet, so nothing is left half
// done.
func renderSite() ([]file, error) {
	style, err := site.ReadFile("site/style.css")
	if err != nil {
		return nil, fmt.Errorf("read style sheet: %w", err)
	}
	files := []file{{"style.css", style}}
	index := page{File: "index.html", Title: "Overview", Model: schema.Model(), Register: register()}
	nav := []navigation{{index.File, index.Title}}
	var prose []page
	for _, c := range spec.Chapters() {
		body, err := proseHTML(c.Markdown)
		if err != nil {
			return nil, fmt.Errorf("chapter %s: %w", c.Name, err)
		}
		p := page{File: c.Name + ".html", Title: c.Title, Body: body}
		prose = append(prose, p)
		index.Chapters = append(index.Chapters, count(p.File, c))
		nav = append(nav, navigation{p.File, p.Title})
	}
	actions := page{File: "actions.html", Title: "Actions", Model: schema.Model()}
	nav = append(nav, navigation{actions.File, actions.Title})
	grounds, err := groundPages()
	if err != nil {
		return nil, err
	}
	for _, p := range grounds {
		prose = append(prose, p)
		nav = append(nav, navigation{p.File, p.Title})
	}

	add := func(content string, pages ...page) error {
		t, err := template.New("").Funcs(helpers()).ParseFS(site, "site/frame.html", "site/"+content)
		if err != nil {
			return fmt.Errorf("parse templates: %w", err)
		}
		for _, p := range pages {
			p.Nav = nav
			var out bytes.Buffer
			if err := t.ExecuteTemplate(&out, "frame", p); err != nil {
				return fmt.Errorf("page %s: %w", p.File, err)
			}
			files = append(files, file{p.File, out.Bytes()})
		}
		return nil
	}
	err = errors.Join(add("index.html", index), add("prose.html", prose...), add("actions.html", actions))
	return files, err
}

// register is every requirement in force.
func register() []spec.Requirement {
	var all []spec.Requirement
	for _, r := range spec.All() {
		if r.Level != spec.Retired {
			all = append(all, r)
		}
	}
	return all
}

func count(file string, c spec.Chapter) chapterRow {
	row := chapterRow{File: file, Title: c.Title}
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
	return row
}
