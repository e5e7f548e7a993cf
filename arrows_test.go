// SPDX-License-Identifier: Apache-2.0

// Package zaqarwire_test holds the house to its plan: which room imports which,
// which folders there are, how long a file may grow.
package zaqarwire_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module   = "github.com/zaqarwire/zaqarwire"
	spdx     = "// SPDX-License-Identifier: Apache-2.0"
	maxLines = 400 // of a file written by hand: a longer one is two
)

// A room is one package, and what it may import of the others.
type room struct {
	ours    string // rooms, parted by blanks; "*" for all
	outside string // "std" for the standard library only; otherwise what must not be imported, parted by blanks
}

// rooms are all packages there are. They bind what is built into a program: a
// test may import any room, since it has to put rooms together. The suite's own
// tests start the reference server, which the suite never sees.
var rooms = map[string]room{
	"spec":                             {outside: "std"},
	"schema":                           {outside: "std"}, // whoever embeds the suite inherits no YAML
	"schema/source":                    {ours: "schema"},
	"schema/wire":                      {ours: "schema", outside: "net net/http encoding/json"},
	"reference-server/store":           {outside: "std"},
	"reference-server/store/storetest": {ours: "reference-server/store"},
	"reference-server/store/memory":    {ours: "reference-server/store", outside: "std"},
	"reference-server/store/pooled":    {ours: "reference-server/store", outside: "std"},
	"reference-server/api":             {ours: "schema schema/wire reference-server/store", outside: "net net/http"},
	"reference-server/notify":          {ours: "schema/wire reference-server/store", outside: "github.com/coder/websocket"},
	"reference-server/auth":            {ours: "reference-server/api"},
	"reference-server/ws":              {ours: "schema/wire reference-server/api"},
	"reference-server": {ours: "schema schema/wire reference-server/api reference-server/store " +
		"reference-server/store/memory reference-server/store/pooled reference-server/notify reference-server/ws"},
	"conformance": {ours: "spec schema", outside: "github.com/tinylib/msgp"}, // judge and judged share no codec
	"conformance/mutants": {ours: "spec schema schema/wire reference-server reference-server/api " +
		"reference-server/store reference-server/ws"}, // faulty servers; the suite never sees them either
	"conformance/report":       {ours: "spec schema conformance"},
	"conformance/vectors":      {ours: "spec schema conformance"},
	"conformance/report/pages": {ours: "spec schema conformance conformance/report"},
	"cmd/zaqarwire":            {ours: "*"},
	"cmd/zaqarwire/docs":       {ours: "spec schema conformance conformance/mutants conformance/report conformance/vectors"},
	"cmd/zwgen":                {ours: "spec schema schema/source"},
	"cmd/zwvectors":            {ours: "schema conformance conformance/mutants conformance/vectors reference-server"},
	"cmd/zwselftest":           {ours: "spec conformance conformance/mutants conformance/report"},
}

// folders are those that may stand at the top. Hidden ones and what the command
// writes are not looked at.
var folders = strings.Fields("spec schema conformance reference-server reference-client cmd testdata")

var written = strings.Fields("zaqarwire-report site")

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	t.Parallel()

	imports := importsByRoom(t)
	for _, name := range slices.Sorted(maps.Keys(imports)) {
		allowed, known := rooms[name]
		if !known {
			t.Errorf("%s is a room that arrows_test.go does not know: say there what it may import", name)
			continue
		}
		for _, to := range imports[name] {
			if why := allowed.refuses(to); why != "" {
				t.Errorf("%s imports %s, %s", name, to, why)
			}
		}
	}
	for name := range rooms {
		if _, there := imports[name]; !there {
			t.Errorf("arrows_test.go knows the room %s, which is not there", name)
		}
	}
}

// refuses says why a room may not import a package, or "" when it may.
func (r room) refuses(to string) string {
	if ours, found := strings.CutPrefix(to, module+"/"); found {
		if r.ours == "*" || slices.Contains(strings.Fields(r.ours), ours) {
			return ""
		}
		return "which is not its to use"
	}
	if r.outside == "std" {
		if first, _, _ := strings.Cut(to, "/"); strings.Contains(first, ".") {
			return "and may use the standard library only"
		}
		return ""
	}
	for not := range strings.FieldsSeq(r.outside) {
		if to == not || strings.HasPrefix(to, not+"/") {
			return "which it must not touch"
		}
	}
	return ""
}

func TestTopLevelHoldsOnlyKnownFolders(t *testing.T) {
	t.Parallel()

	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if !e.IsDir() || strings.HasPrefix(name, ".") || slices.Contains(written, name) {
			continue
		}
		if !slices.Contains(folders, name) {
			t.Errorf("%s/ is a new folder at the top level; there are %s", name, strings.Join(folders, ", "))
		}
	}
}

func TestGoFilesAreShortAndLicensed(t *testing.T) {
	t.Parallel()

	for _, name := range goFiles(t) {
		text, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(text), "\npackage ")
		if !strings.Contains("\n"+head+"\n", "\n"+spdx+"\n") {
			t.Errorf("%s lacks the line %q above its package clause", name, spdx)
		}
		if generated := strings.Contains(head, "// Code generated "); generated {
			continue
		}
		if n := bytes.Count(text, []byte("\n")); n > maxLines {
			t.Errorf("%s has %d lines, at most %d are allowed: split it by subject", name, n, maxLines)
		}
	}
}

// importsByRoom returns the import paths of each package of this module, less
// those of its test files.
func importsByRoom(t *testing.T) map[string][]string {
	t.Helper()

	imports := map[string][]string{}
	for _, name := range goFiles(t) {
		if strings.HasPrefix(name, "testdata/") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.FromSlash(name), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		in := path.Dir(name)
		imports[in] = append(imports[in], importPaths(t, file)...)
	}
	return imports
}

func importPaths(t *testing.T, file *ast.File) []string {
	t.Helper()

	paths := make([]string, len(file.Imports))
	for i, spec := range file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths[i] = p
	}
	return paths
}

// goFiles returns the Go files below this folder, with slashes.
func goFiles(t *testing.T) []string {
	t.Helper()

	var names []string
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (slices.Contains(written, name) || len(name) > 1 && strings.HasPrefix(name, ".")):
			return fs.SkipDir
		case strings.HasSuffix(name, ".go"):
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
