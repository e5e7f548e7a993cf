// SPDX-License-Identifier: Apache-2.0

// Package source reads the schema's YAML files strictly and resolves them to
// the model that everything else is generated from. Only the generator needs it.
package source

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/zaqarwire/zaqarwire/schema"
)

// Load reads protocol.yaml and the files it names, and resolves them together.
//
// known tells whether a requirement id exists. The error joins all that is
// wrong, each as `file:line: what`: unknown and repeated keys; names of types,
// limits, features, extensions or requirements that do not exist; types, features
// and extensions that nothing uses; bounds that do not fit their type; examples
// that break a rule and invalid examples that break none.
func Load(dir fs.FS, known func(id string) bool) (*schema.Definition, error) {
	first, err := read(dir, "protocol")
	if err != nil {
		return nil, err
	}
	if first.Protocol == nil {
		return nil, errors.New("protocol.yaml:1: the protocol is missing")
	}
	r := newResolver(known)
	r.add("protocol.yaml", first)
	for _, name := range first.Protocol.Files {
		f, err := read(dir, name)
		if err != nil {
			return nil, err
		}
		r.add(name+".yaml", f)
	}
	names, err := fs.Glob(dir, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the schema: %w", err)
	}
	for _, name := range names {
		if base := strings.TrimSuffix(name, ".yaml"); base != "protocol" && !slices.Contains(first.Protocol.Files, base) {
			r.failf(place{name, 1}, "the file is not named in protocol.yaml")
		}
	}
	return r.resolve()
}

func read(dir fs.FS, name string) (file, error) {
	text, err := fs.ReadFile(dir, name+".yaml")
	if err != nil {
		return file{}, fmt.Errorf("read the schema: %w", err)
	}
	return parse(name+".yaml", text)
}

// parse reads one file.
func parse(name string, text []byte) (file, error) {
	var f file
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return f, locate(name, err)
	}
	if len(tree.Docs) != 1 {
		return f, fmt.Errorf("%s: has %d YAML documents, not one", name, len(tree.Docs))
	}
	if err := unique(tree.Docs[0].Body); err != nil {
		return f, locate(name, err)
	}
	if err := yaml.NodeToValue(tree.Docs[0].Body, &f, yaml.Strict()); err != nil {
		return f, locate(name, err)
	}
	return f, nil
}

// unique finds a key that is written twice, at any depth.
func unique(n ast.Node) error {
	var found error
	ast.Walk(visit(func(n ast.Node) {
		if m, ok := n.(*ast.MappingNode); ok && found == nil {
			_, found = pairsOf(m)
		}
	}), n)
	return found
}

type visit func(ast.Node)

func (v visit) Visit(n ast.Node) ast.Visitor { v(n); return v }

var position = regexp.MustCompile(`^\[(\d+):\d+\] ([^\n]*)`)

// locate writes an error as `file:line: what`.
func locate(name string, err error) error {
	if at, ok := errors.AsType[*lineError](err); ok {
		return fmt.Errorf("%s:%d: %s", name, at.line, at.text)
	}
	if m := position.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("%s:%s: %s", name, m[1], m[2])
	}
	return fmt.Errorf("%s: %w", name, err)
}
