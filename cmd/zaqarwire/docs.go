// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/cmd/zaqarwire/docs"
)

func newDocs(s streams) *cobra.Command {
	var dir, example, vectors string
	cmd := &cobra.Command{
		Use:   "docs -o DIR",
		Short: "Write the protocol as HTML pages",
		Long: `Write the protocol as HTML pages that need nothing from elsewhere, for a browser to
open from their folder: the chapters of the specification, a reference of the actions
with their frames byte by byte, sequences, a page for each requirement, the facts and
decisions that all this rests on, a search, and what programs may download.

A requirement is found under its id, claims.html#CLM-3, and all that is known of it at
requirements/CLM-3.html; an action at actions.html#claim_create, a fact at
facts.html#F117, a decision at decisions/0006.html.

--example DIR takes what zaqarwire matrix -o DIR has written along, with the reports
below DIR, and the first page leads there. --vectors DIR offers the vectors in DIR, which
is testdata/vectors in the repository, for download.`,
		Args: takes(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if dir == "" {
				return usage("say where to: zaqarwire docs -o DIR")
			}
			reports, err := exampleIn(example)
			if err != nil {
				return err
			}
			zipped, err := vectorsIn(vectors)
			if err != nil {
				return err
			}
			pages, err := docs.Site(built(), docs.Extras{Example: reports, Vectors: zipped})
			if err != nil {
				return fmt.Errorf("render the pages: %w", err)
			}
			files := make([]file, 0, len(pages))
			for _, p := range pages {
				files = append(files, file{filepath.FromSlash(p.Name), p.Data})
			}
			if err := writeFiles(dir, files); err != nil {
				return usage("cannot write the pages: %w", plain(err))
			}
			fmt.Fprintln(s.out, filepath.Join(dir, "index.html"))
			return nil
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "folder to write to; it is made if need be")
	cmd.Flags().StringVar(&example, "example", "", "folder of a matrix and its reports to take along")
	cmd.Flags().StringVar(&vectors, "vectors", "", "folder of vectors to take along")
	return cmd
}

// exampleIn are the pages of a matrix and of the reports below its folder; none if there
// is no folder.
func exampleIn(dir string) ([]docs.File, error) {
	if dir == "" {
		return nil, nil
	}
	if _, err := os.Stat(filepath.Join(dir, "matrix.html")); err != nil {
		return nil, usage("--example %s has no matrix.html: %w", dir, plain(err))
	}
	var files []docs.File
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		files = append(files, docs.File{Name: name, Data: text})
		return err //nolint:wrapcheck // it names the file
	})
	if err != nil {
		return nil, usage("cannot read the example: %w", plain(err))
	}
	return files, nil
}

// vectorsIn is a zip of the vectors in a folder, the same for the same vectors; nothing if
// there is no folder.
func vectorsIn(dir string) ([]byte, error) {
	if dir == "" {
		return nil, nil
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || !slices.Contains(names, filepath.Join(dir, "shapes.json")) {
		return nil, usage("--vectors %s has no shapes.json", dir)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, usage("cannot read the vectors: %w", plain(err))
		}
		w, err := z.Create(path.Join("vectors", filepath.Base(name)))
		if err == nil {
			_, err = w.Write(text)
		}
		if err != nil {
			return nil, fmt.Errorf("zip the vectors: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("zip the vectors: %w", err)
	}
	return out.Bytes(), nil
}
