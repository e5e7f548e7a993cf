// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance/report"
	"github.com/zaqarwire/zaqarwire/conformance/vectors"
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
		{Name: "result.schema.json", Does: "JSON Schema of the result.json that zaqarwire check writes"},
		{Name: vectors.SchemaFile, Does: "JSON Schema of the vectors: cases as data, for a runner in any language"},
		{Name: VectorsFile, Does: "the vectors, a file for each chapter, as a zip"},
		{Name: "typescript/", Does: "types of every frame for TypeScript"},
		{Name: "jsonschema/", Does: "JSON Schema, draft 2020-12; they name each other relatively"},
	}
}

// VectorsFile is the name of the vectors among the downloads, if there are any.
const VectorsFile = "vectors.zip"

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
	return append(files, File{"downloads/result.schema.json", report.Schema()},
		File{path.Join("downloads", vectors.SchemaFile), vectors.Schema()}), nil
}

// downloads are the files for programs: those with a line of their own, and the JSON
// Schemas.
type downloads struct {
	Main, Schemas []download
	// Vectors says that they are among them.
	Vectors bool
}

// downloadPage lists the files for programs.
func downloadPage(files []File) page {
	var all downloads
	for _, about := range aboutDownloads() {
		for _, f := range files {
			name := strings.TrimPrefix(f.Name, "downloads/")
			one := download{File: f.Name, Name: path.Base(name), Does: about.Does, Bytes: len(f.Data)}
			switch {
			case !strings.HasPrefix(name, about.Name):
			case strings.HasPrefix(name, "jsonschema/"):
				all.Schemas = append(all.Schemas, one)
			default:
				all.Main = append(all.Main, one)
			}
		}
	}
	all.Vectors = slices.ContainsFunc(all.Main, func(d download) bool { return d.Name == VectorsFile })
	return page{File: "downloads.html", Title: "Downloads", Layout: "downloads", Data: all}
}
