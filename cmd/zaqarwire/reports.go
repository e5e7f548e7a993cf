// SPDX-License-Identifier: Apache-2.0

package main

import (
	"path/filepath"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/report"
)

// saving writes the reports of a run, and remembers why it could not.
type saving struct {
	dir    string
	failed error
}

// save writes all reports of a result into the folder, or none, and names them.
func (s *saving) save(r conformance.Result) (names []string, err error) {
	files, err := reports(r)
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

// probe finds out whether save can do so, before the run.
func (s *saving) probe() error {
	err := probe(s.dir)
	for _, k := range reportKinds {
		if err == nil {
			err = noFolder(filepath.Join(s.dir, k.name))
		}
	}
	if err != nil {
		return usage("cannot write the reports: %w", plain(err))
	}
	return nil
}

// reportKinds are the files that say what a run found. The last is result.json: a
// program that waits for it finds the others.
var reportKinds = []struct {
	name string
	text func(r conformance.Result, version string) ([]byte, error)
}{
	{"junit.xml", report.JUnit},
	{"summary.md", report.Markdown},
	{"result.json", report.JSON},
}

// reports are the files for a result.
func reports(r conformance.Result) ([]file, error) {
	files := make([]file, 0, len(reportKinds))
	for _, k := range reportKinds {
		text, err := k.text(r, version)
		if err != nil {
			return nil, err
		}
		files = append(files, file{k.name, text})
	}
	return files, nil
}
