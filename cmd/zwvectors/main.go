// SPDX-License-Identifier: Apache-2.0

// Command zwvectors writes the vectors of testdata/vectors, made from the suite itself.
//
// It takes no arguments and is run from the module's root; go generate does.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/conformance/vectors"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/schema"
)

//go:generate sh -c "cd ../.. && go run ./cmd/zwvectors"

func main() { os.Exit(run(context.Background(), os.Stderr)) }

func run(ctx context.Context, stderr io.Writer) int {
	dir := filepath.Join("testdata", "vectors")
	files, err := generate(ctx)
	if err == nil {
		err = write(dir, files)
	}
	if err != nil {
		fmt.Fprintf(stderr, "zwvectors: %v\n", err)
		return 1
	}
	return 0
}

// write brings the files up to date.
func write(dir string, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, name)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, files[name]) {
			continue
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return fmt.Errorf("write the vectors: %w", err)
		}
	}
	return nil
}

// generate returns the content of every generated file by its name.
func generate(ctx context.Context) (map[string][]byte, error) {
	var results [3]conformance.Result
	for i, name := range []string{"sound", "sound", "permissive"} {
		r, err := record(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("record the cases on the server %q: %w", name, err)
		}
		results[i] = r
	}
	chapters, left, err := vectors.Make(vectors.NewRecorded(results[0], results[1], results[2]))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"LEFT.md": vectors.Table(chapters, left), vectors.SchemaFile: vectors.Schema()}
	if files["shapes.json"], err = vectors.ShapesJSON(schema.Model()); err != nil {
		return nil, err
	}
	for _, c := range chapters {
		if files[c.Name+".json"], err = c.JSON(); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// record runs the cases on a reference server of its own.
func record(ctx context.Context, name string) (conformance.Result, error) {
	m, known := mutants.Named(name)
	if !known {
		return conformance.Result{}, errors.New("there is no such server")
	}
	handler, _, err := m.Handler(refserver.Options{})
	if err != nil {
		return conformance.Result{}, fmt.Errorf("make the server: %w", err)
	}
	front := httptest.NewServer(handler)
	defer front.Close()
	result, err := conformance.Record(ctx, conformance.Options{
		Target: conformance.Target{URL: "ws" + strings.TrimPrefix(front.URL, "http")},
		Seed:   vectors.Seed, Formats: conformance.Formats(), Timeout: 30 * time.Second,
	})
	if err != nil {
		return result, fmt.Errorf("run the cases: %w", err)
	}
	return result, nil
}
