// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/source"
)

const root = "../.."

// Tests that generate do not run in parallel: msgp's parser has global state.

func TestNothingGeneratedIsStale(t *testing.T) {
	files, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if got, err := os.ReadFile(filepath.Join(root, name)); err != nil || !bytes.Equal(got, files[name]) {
			t.Errorf("%s is stale: run `go generate ./...` (%v)", name, err)
		}
	}
	stale, err := leftovers(root, files)
	if err != nil || len(stale) > 0 {
		t.Errorf("leftovers = %v, %v; want none: run `go generate ./...`", stale, err)
	}
}

func TestGenerationRepeatsByteForByte(t *testing.T) {
	first, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	again, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("two runs differ: %s", diff)
	}
}

func TestWriteReachesTheSameFilesInAnotherFolder(t *testing.T) {
	dir := t.TempDir()
	for _, part := range []string{".", "spec", "schema/zaqar.v2"} {
		copyFiles(t, filepath.Join(root, part), filepath.Join(dir, part))
	}
	leftover := filepath.Join(dir, "schema/gen/jsonschema/gone.reply.json")
	if err := os.MkdirAll(filepath.Dir(leftover), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(leftover, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(leftover); !os.IsNotExist(err) {
		t.Errorf("%s is still there", leftover)
	}
	files, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs (%v)", name, err)
		}
	}
}

func copyFiles(t *testing.T, from, to string) {
	t.Helper()
	if err := os.MkdirAll(to, 0o755); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) == ".go" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, e.Name()), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheEmbeddedModelIsTheSource(t *testing.T) {
	t.Parallel()
	want, err := marshal(load(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := marshal(schema.Model())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("model.json differs from the source (-source +embedded):\n%s", diff)
	}
}

func TestTheAsyncAPIDocumentIsValid(t *testing.T) {
	t.Parallel()
	c := jsonschema.NewCompiler()
	official := read(t, filepath.Join(root, "testdata/asyncapi/3.0.0.json"))
	if err := c.AddResource("https://asyncapi.test/3.0.0.json", decode(t, official)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("https://asyncapi.test/3.0.0.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := yaml.Unmarshal(read(t, filepath.Join(root, "schema/gen/asyncapi.yaml")), &doc); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(decode(t, data)); err != nil {
		t.Errorf("asyncapi.yaml: %#v", err)
	}
	delete(doc.(map[string]any), "info")
	if err := s.Validate(doc); err == nil {
		t.Error("a document without info is valid, so the check proves nothing")
	}
}

// load resolves the source.
func load(t *testing.T) *schema.Definition {
	t.Helper()
	reg, err := readRegister(filepath.Join(root, "spec"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := source.Load(os.DirFS(filepath.Join(root, "schema/zaqar.v2")), reg.known)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// decode reads JSON as the validator wants it: numbers keep their digits.
func decode(t *testing.T, data []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return v
}

// compileAll compiles every published JSON Schema, by file name.
func compileAll(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	names, err := fs.Glob(schema.JSONSchemas(), "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(schema.JSONSchemas(), name)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(schema.BaseURI+name, decode(t, data)); err != nil {
			t.Fatal(err)
		}
	}
	all := map[string]*jsonschema.Schema{}
	for _, name := range names {
		s, err := c.Compile(schema.BaseURI + name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = s
	}
	return all
}
