// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/tinylib/msgp/gen"
	"github.com/tinylib/msgp/parse"
	"github.com/tinylib/msgp/printer"

	"github.com/zaqarwire/zaqarwire/schema"
)

// maxElements bounds the lists and maps that a codec makes room for. It is the
// maxElements of package wire, whose door refuses more: a test there fails when
// the two differ.
const maxElements = 1 << 16

// limitsFile is the struct of limits of package wire, and its lookup by name.
func limitsFile(d *schema.Definition, _ *register) (map[string][]byte, error) {
	var fields, defaults, consts, cases, sets, pairs strings.Builder
	for i, l := range d.Limits {
		name := goName(l.Name)
		doc := fmt.Sprintf("%s is the %s, in %s. Default %d.", name, lowerFirst(l.Doc), unitName(l.Unit), l.Default)
		fields.WriteString(comment("\t", doc))
		fmt.Fprintf(&fields, "\t%s int64\n", name)
		fmt.Fprintf(&defaults, "\tl.%s = cmp.Or(l.%s, %d)\n", name, name, l.Default)
		first := ""
		if i == 0 {
			first = " limitID = iota + 1"
		}
		fmt.Fprintf(&consts, "\tlimit%s%s\n", name, first)
		fmt.Fprintf(&cases, "\tcase limit%s:\n\t\treturn l.%s\n", name, name)
		fmt.Fprintf(&pairs, "\t\t%q: l.%s,\n", l.Name, name)
		fmt.Fprintf(&sets, "\tcase %q:\n\t\tl.%s = n\n", l.Name, name)
	}
	return goFile("schema/wire/limits_gen.go", fmt.Sprintf(limitsText, &fields, &defaults, &sets, &pairs, &consts, &cases))
}

const limitsText = `package wire

import "cmp"

// Limits are the numbers that a deployment may set. Zero keeps the schema's.
type Limits struct {
%s}

// WithDefaults sets each zero limit to the schema's value.
func (l Limits) WithDefaults() Limits {
%s	return l
}

// Set sets a limit by its name in the schema; false if there is none.
func (l *Limits) Set(name string, n int64) bool {
	switch name {
%s	default:
		return false
	}
	return true
}

// Map returns the limits by their names in the schema.
func (l Limits) Map() map[string]int64 {
	return map[string]int64{
%s	}
}

const (
%s)

// of returns the limit that id names; zero for none.
func (l *Limits) of(id limitID) int64 {
	switch id {
%s	}
	return 0
}
`

// bodies are the structs of package wire and their codecs.
func bodies(d *schema.Definition, _ *register) (map[string][]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "package wire\n\n//msgp:limit arrays:%d maps:%d\n\n", maxElements, maxElements)
	b.WriteString("// Headers are the known headers of a request. One that is absent is empty.\ntype Headers struct {\n")
	for _, h := range d.Headers {
		b.WriteString(comment("\t", h.Doc))
		fmt.Fprintf(&b, "\t%s %s `msg:\"%s,omitempty\"`\n", goName(h.Name), valueType(h.Shape), h.Name)
	}
	b.WriteString("}\n")
	for _, a := range d.Actions {
		writeStruct(&b, goName(a.Name), "is the body of "+a.Name+". "+a.Doc, a.Request)
	}
	for _, n := range d.Notifications {
		writeStruct(&b, goName(n.Name), "is sent unasked. "+n.Doc, n.Fields)
	}
	for _, t := range reachable(d) {
		writeStruct(&b, t.Name, "is "+lowerFirst(t.Doc), t.Fields)
	}
	files, err := goFile("schema/wire/bodies_gen.go", b.String())
	if err != nil {
		return nil, err
	}
	codecs, err := codecs(files["schema/wire/bodies_gen.go"])
	files["schema/wire/codecs_gen.go"] = codecs
	return files, err
}

// reachable are the struct types that a body of an action holds, in order.
func reachable(d *schema.Definition) (all []schema.Type) {
	seen := map[string]bool{}
	var visit func(schema.Shape)
	visit = func(s schema.Shape) {
		if s.Items != nil {
			visit(*s.Items)
		}
		if s.Kind != schema.Struct || s.Type == "" || seen[s.Type] {
			return
		}
		seen[s.Type] = true
		for _, f := range d.Fields(s) {
			visit(f.Shape)
		}
	}
	for _, a := range d.Actions {
		for _, f := range a.Request {
			visit(f.Shape)
		}
		for _, r := range a.Responses {
			visit(r.Body)
		}
	}
	for _, t := range d.Types {
		if seen[t.Name] {
			all = append(all, t)
		}
	}
	return all
}

func writeStruct(b *strings.Builder, name, doc string, fields []schema.Field) {
	b.WriteString("\n" + comment("", name+" "+sentence(doc)) + "type " + name + " struct {\n")
	for _, f := range fields {
		typ, tag := goType(f)
		b.WriteString(comment("\t", fieldDoc(f)))
		fmt.Fprintf(b, "\t%s %s `msg:\"%s\"`\n", goName(f.Name), typ, f.Name+tag)
	}
	b.WriteString("}\n")
}

// fieldDoc says what a field is, with its unit and what it means without one.
func fieldDoc(f schema.Field) string {
	doc := sentence(f.Doc)
	if unit := unitName(f.Shape.Unit); unit != f.Shape.Unit && !strings.Contains(doc, unit) {
		doc += " In " + unit + "."
	}
	switch {
	case f.DefaultDoc != "":
		doc += " Absent: " + sentence(f.DefaultDoc)
	case f.DefaultLimit != "":
		doc += " Absent: " + f.DefaultLimit + "."
	case f.Default != nil:
		doc += " Absent: " + string(f.Default) + "."
	}
	return doc
}

// goType is a field's Go type and the options of its tag. An optional scalar is
// a pointer, nil for absent; one that is required and nullable is a pointer, nil
// for null. An optional list is nil when it is absent and not when it is empty.
func goType(f schema.Field) (typ, tag string) {
	s := f.Shape
	plain := valueType(s)
	switch {
	case plain == "Raw" && f.Required:
		return plain, ""
	case plain == "Raw":
		return plain, ",omitzero"
	case s.Kind == schema.List && f.Required:
		return plain, ""
	case s.Kind == schema.List:
		return plain, ",omitempty,allownil"
	case s.Nullable && f.Required:
		return "*" + plain, ""
	case !f.Required:
		return "*" + plain, ",omitempty"
	}
	return plain, ""
}

// valueType is the Go type of a value that is there.
func valueType(s schema.Shape) string {
	switch s.Kind {
	case schema.Bool:
		return "bool"
	case schema.Int:
		return "int64"
	case schema.Float:
		return "float64"
	case schema.String:
		return "string"
	case schema.Struct:
		return s.Type
	case schema.List:
		if s.Items != nil {
			return "[]" + valueType(*s.Items)
		}
	case schema.Any, schema.Map:
	}
	return "Raw"
}

// codecs runs msgp over the structs.
func codecs(structs []byte) (data []byte, err error) {
	dir, err := os.MkdirTemp("", "zwgen")
	if err != nil {
		return nil, fmt.Errorf("make room for msgp: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	in, out := filepath.Join(dir, "bodies_gen.go"), filepath.Join(dir, "codecs_gen.go")
	if err := os.WriteFile(in, structs, 0o600); err != nil {
		return nil, fmt.Errorf("hand the structs to msgp: %w", err)
	}
	set, err := parse.File(in, false, nil)
	if err != nil {
		return nil, fmt.Errorf("msgp: parse the structs: %w", err)
	}
	if err := printer.PrintFile(out, set, gen.Marshal|gen.Unmarshal|gen.Size); err != nil {
		return nil, fmt.Errorf("msgp: print the codecs: %w", err)
	}
	data, err = os.ReadFile(out)
	if err != nil {
		return nil, fmt.Errorf("take the codecs from msgp: %w", err)
	}
	return append([]byte("// SPDX-License-Identifier: Apache-2.0\n\n"), data...), nil
}
