// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
)

// download is one file for programs.
type download struct {
	File, Name, Does string
	Bytes            int
}

// aboutDownloads says what files are for, by the begin of their names.
func aboutDownloads() []download {
	return []download{
		{Name: "model.json", Does: "the whole protocol as one JSON value: types, limits, actions, statuses, examples, ids"},
		{Name: "asyncapi.yaml", Does: "AsyncAPI 3.0, for generators of clients and documents"},
		{Name: "typescript/", Does: "types of every frame for TypeScript"},
		{Name: "jsonschema/", Does: "JSON Schema, draft 2020-12; they name each other relatively"},
	}
}

// downloadFiles are the files for programs, below downloads/.
func downloadFiles() ([]File, error) {
	var files []File
	err := fs.WalkDir(schema.Generated(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(schema.Generated(), name)
		files = append(files, File{path.Join("downloads", name), text})
		return err //nolint:wrapcheck // wrapped below
	})
	if err != nil {
		return nil, fmt.Errorf("read what is generated: %w", err)
	}
	return files, nil
}

// downloadPage lists the files for programs.
func downloadPage() page {
	files, err := downloadFiles()
	if err != nil {
		files = nil // Site has told of it
	}
	var all []download
	for _, about := range aboutDownloads() {
		for _, f := range files {
			name := strings.TrimPrefix(f.Name, "downloads/")
			if strings.HasPrefix(name, about.Name) {
				all = append(all, download{File: f.Name, Name: name, Does: about.Does, Bytes: len(f.Data)})
			}
		}
	}
	return page{File: "downloads.html", Title: "Downloads", Layout: "downloads", Data: all}
}
