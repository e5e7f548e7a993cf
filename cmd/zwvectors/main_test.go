// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/zaqarwire/zaqarwire/conformance/vectors"
)

const stored = "../../testdata/vectors"

func TestNoVectorIsStale(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it records whole runs of the suite")
	}

	result, err := record(t.Context(), "sound")
	if err != nil {
		t.Fatal(err)
	}
	stale, err := vectors.Stale(os.DirFS(stored), result)
	if err != nil {
		t.Fatal(err)
	}
	if len(stale) > 0 {
		t.Errorf("%d are stale: run `go run ./cmd/zwvectors`\n%s", len(stale), strings.Join(stale[:min(20, len(stale))], "\n"))
	}
}

func TestTheFilesFitTheirSchema(t *testing.T) {
	t.Parallel()

	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(stored, "vectors.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(stored, "*.json"))
	if err != nil || len(files) < 3 {
		t.Fatalf("files = %v, %v", files, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "schema.json") {
			continue
		}
		if err := schema.Validate(read(t, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheSchemaRefusesWhatNoRunnerCanRead(t *testing.T) {
	t.Parallel()

	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(stored, "vectors.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	const good = `{"format_version": 1, "chapter": "claims", "prefix": "zw-facade", "cases": [{
		"case": "CLM-1/a", "requirement": "CLM-1", "level": "MUST", "clean": [], "formats": {"json": [
			{"send": 1, "text": ["{}"]}, {"receive": 1, "action": "", "echo": true, "expect": [{"path": "body", "is": {"$kind": ["map"]}}]}
		]}}]}`
	for name, change := range map[string][2]string{
		"another version":       {`"format_version": 1`, `"format_version": 2`},
		"a format unknown":      {`"json": [`, `"yaml": [`},
		"a step of no kind":     {`{"send": 1, "text": ["{}"]}`, `{"wait": 1}`},
		"a message of no kind":  {`"text": ["{}"]`, `"hex": ["7b7d"]`},
		"a pattern unknown":     {`{"$kind": ["map"]}`, `{"$sort": ["map"]}`},
		"a float as it is":      {`{"$kind": ["map"]}`, `1.5`},
		"nothing that is asked": {`, "is": {"$kind": ["map"]}`, ``},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := schema.Validate(decode(t, []byte(good))); err != nil {
				t.Fatalf("the good one: %v", err)
			}
			bad := strings.Replace(good, change[0], change[1], 1)
			if bad == good || schema.Validate(decode(t, []byte(bad))) == nil {
				t.Errorf("%s is accepted", bad)
			}
		})
	}
}

func read(t *testing.T, name string) any {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, data)
}

func decode(t *testing.T, data []byte) any {
	t.Helper()
	if !json.Valid(data) {
		t.Fatal("it is no JSON")
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return v
}
