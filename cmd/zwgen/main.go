// SPDX-License-Identifier: Apache-2.0

// Command zwgen writes everything that is generated from the schema and from
// the spec: the model, JSON Schemas and AsyncAPI document for third parties, the
// structs, codecs and check tables of package wire, the requirement ids of
// package spec, and the reference tables of the chapters.
//
// It takes no arguments and may be run from any folder of the module.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

func main() { os.Exit(run(os.Stderr)) }

func run(stderr io.Writer) int {
	root, err := moduleRoot()
	if err == nil {
		err = write(root)
	}
	if err != nil {
		fmt.Fprintf(stderr, "zwgen: %v\n", err)
		return 1
	}
	return 0
}

// write brings every generated file of the module up to date. Nothing is
// written unless all of it could be generated.
func write(root string) error {
	files, err := generate(root)
	if err != nil {
		return err
	}
	stale, err := leftovers(root, files)
	if err != nil {
		return err
	}
	for _, name := range stale {
		if err := os.Remove(filepath.Join(root, name)); err != nil {
			return fmt.Errorf("remove what is no longer generated: %w", err)
		}
	}
	for name, data := range files {
		path := filepath.Join(root, name)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("make a folder for %s: %w", name, err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return fmt.Errorf("write what was generated: %w", err)
		}
	}
	return nil
}

// leftovers are the files in generated places that files does not hold.
func leftovers(root string, files map[string][]byte) ([]string, error) {
	var stale []string
	for _, pattern := range []string{
		"schema/gen/*.*", "schema/gen/jsonschema/*.json", "schema/gen/typescript/*.ts", "schema/wire/*_gen.go",
	} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			return nil, fmt.Errorf("look for leftovers: %w", err)
		}
		for _, path := range found {
			name, err := filepath.Rel(root, path)
			if err != nil {
				return nil, fmt.Errorf("look for leftovers: %w", err)
			}
			if _, ok := files[filepath.ToSlash(name)]; !ok {
				stale = append(stale, name)
			}
		}
	}
	slices.Sort(stale)
	return stale, nil
}

// moduleRoot is the nearest folder above with a go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the module: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("find the module: no go.mod here or above")
		}
		dir = up
	}
}
