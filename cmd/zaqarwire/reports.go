// SPDX-License-Identifier: Apache-2.0

package main

import (
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/conformance/report"
	"github.com/zaqarwire/zaqarwire/conformance/report/pages"
	"github.com/zaqarwire/zaqarwire/spec"
)

// saving writes the reports of a run, and remembers why it could not.
type saving struct {
	dir    string
	kinds  []string // that were asked for; nil for the usual
	failed error
}

// reportKind is one of the files that say what a run found.
type reportKind struct {
	kind, name string
	usual      bool // written unless others are asked for
	text       func(r conformance.Result, version string) ([]byte, error)
}

// reportKinds are all there are. The last is result.json, which is always written: a
// program that waits for it finds the others.
var reportKinds = []reportKind{
	{"html", "index.html", true, indexPage},
	{"junit", "junit.xml", true, report.JUnit},
	{"markdown", "summary.md", true, report.Markdown},
	{"sarif", "result.sarif", false, report.SARIF},
	{"badge", "badge.json", false, report.Badge},
	{"json", "result.json", true, report.JSON},
}

// flags are where the reports go, and which are written.
func (s *saving) flags(f *pflag.FlagSet, dir, doc string) {
	f.StringVarP(&s.dir, "output", "o", dir, doc)
	f.StringArrayVar(&s.kinds, "report", nil,
		"html, junit, markdown, sarif or badge to write beside result.json; json for none; may be repeated (default the first three)")
}

// wanted are the kinds to write.
func (s *saving) wanted() ([]reportKind, error) {
	for _, name := range s.kinds {
		if !slices.ContainsFunc(reportKinds, func(k reportKind) bool { return k.kind == name }) {
			return nil, usage("there is no report %q; there are html, junit, markdown, sarif, badge and json", name)
		}
	}
	var some []reportKind
	for _, k := range reportKinds {
		if slices.Contains(s.kinds, k.kind) || k.kind == "json" || s.kinds == nil && k.usual {
			some = append(some, k)
		}
	}
	return some, nil
}

// save writes the reports of a result into the folder, all or none, and names them.
func (s *saving) save(r conformance.Result) (names []string, err error) {
	files, err := s.render(r)
	if err == nil {
		err = writeFiles(s.dir, files)
	}
	if err != nil {
		s.failed = usage("cannot write the reports: %w", plain(err))
		return nil, s.failed
	}
	for i, f := range files {
		names = append(names, f.name)
		if i == 0 {
			names[i] = filepath.Join(s.dir, f.name)
		}
	}
	return names, nil
}

// render makes the files.
func (s *saving) render(r conformance.Result) ([]file, error) {
	kinds, err := s.wanted()
	files := make([]file, 0, len(kinds))
	for _, k := range kinds {
		text, err := k.text(r, version)
		if err != nil {
			return nil, err
		}
		files = append(files, file{k.name, text})
	}
	return files, err
}

// probe finds out whether save can do so, before the run.
func (s *saving) probe() error {
	kinds, err := s.wanted()
	if err != nil {
		return err
	}
	err = probe(s.dir)
	for _, k := range kinds {
		if err == nil {
			err = noFolder(filepath.Join(s.dir, k.name))
		}
	}
	if err != nil {
		return usage("cannot write the reports: %w", plain(err))
	}
	return nil
}

// indexPage is index.html, with the faults that prove the suite.
func indexPage(r conformance.Result, version string) ([]byte, error) {
	faults := map[spec.ID][]string{}
	for _, m := range mutants.Seeded() {
		faults[m.Breaks] = append(faults[m.Breaks], m.Name)
	}
	return pages.Run{Result: r, Version: version, Faults: faults}.HTML()
}
