// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/report/pages"
)

func newMatrix(s streams) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "matrix [NAME=]FILE... -o DIR",
		Short: "Put the results of several servers side by side, as one HTML page",
		Long: `Put results side by side: a column for each result.json, a row for each case, and a
filter for the rows where the columns differ. It writes DIR/matrix.html, one file that
needs nothing from elsewhere.

A column is named by NAME, or else by its file, or by the folder of one that is called
result.json. What failed leads to the index.html that stands beside its file, or where
none does tells what was expected and what was found.`,
		Example: `  zaqarwire matrix reference/result.json zaqar=peers/result.json -o site`,
		Args:    takes(cobra.MinimumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if dir == "" {
				return usage("say where to: zaqarwire matrix FILE... -o DIR")
			}
			all, err := namedResults(args, dir)
			if err != nil {
				return err
			}
			page, err := pages.Matrix(all, version)
			if err != nil {
				return fmt.Errorf("render the matrix: %w", err)
			}
			if err := writeFiles(dir, []file{{"matrix.html", page}}); err != nil {
				return usage("cannot write the matrix: %w", plain(err))
			}
			fmt.Fprintln(s.out, filepath.Join(dir, "matrix.html"))
			return nil
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "folder to write to; it is made if need be")
	return cmd
}

// namedResults reads results, each of another run and with another name, for a page in
// a folder.
func namedResults(args []string, dir string) ([]pages.Named, error) {
	var all []pages.Named
	for i, arg := range args {
		name, path, given := strings.Cut(arg, "=")
		if !given {
			path = arg
			name = columnName(path)
		}
		r, err := savedResult(path)
		if err != nil {
			return nil, err
		}
		if at := slices.IndexFunc(all, func(n pages.Named) bool { return sameRun(n.Result, r) }); at >= 0 {
			return nil, usage("%s and %s are the same run", args[at], args[i])
		}
		if slices.ContainsFunc(all, func(n pages.Named) bool { return n.Name == name }) {
			return nil, usage("two results are called %q; NAME=FILE names one", name)
		}
		all = append(all, pages.Named{Name: name, Result: r, Report: reportBeside(path, dir)})
	}
	return all, nil
}

// columnName names a result after its file, or the folder of one that has the name
// that every result has.
func columnName(path string) string {
	if filepath.Base(path) != "result.json" {
		return strings.TrimSuffix(filepath.Base(path), ".json")
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		whole = path // without a current folder; the name is for people
	}
	return filepath.Base(filepath.Dir(whole))
}

// reportBeside is where the report that stands beside a result is, as a URL from a
// folder; empty if there is none.
func reportBeside(path, dir string) string {
	page := filepath.Join(filepath.Dir(path), "index.html")
	if i, err := os.Stat(page); err != nil || i.IsDir() {
		return ""
	}
	from, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	to, err := filepath.Abs(page)
	if err != nil {
		return ""
	}
	relative, err := filepath.Rel(from, to)
	if err != nil {
		return "" // on another drive
	}
	return (&url.URL{Path: filepath.ToSlash(relative)}).String()
}

func sameRun(a, b conformance.Result) bool {
	return a.URL == b.URL && a.Seed == b.Seed && a.Began.Equal(b.Began)
}
