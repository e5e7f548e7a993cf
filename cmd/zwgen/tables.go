// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
)

// tableWriter writes the check tables of package wire. Their types are in
// schema/wire/table.go.
type tableWriter struct {
	strings.Builder
	d *schema.Definition
	// shared are literals that stand in several tables, in order.
	shared []string
}

// tables are what the door checks of each action.
func tables(d *schema.Definition, _ *register) (map[string][]byte, error) {
	w := &tableWriter{d: d}
	w.WriteString("// actionRules are the check tables, by action. Nothing writes to them.\nvar actionRules = map[string]*actionRule{\n")
	for _, a := range d.Actions {
		fmt.Fprintf(w, "%q: {\nname: %q,\naccess: %s,\nhttp: %s,\nheaders: %s,\nbody: ",
			a.Name, a.Name, accessNames[a.Access], overHTTP(d, a), w.headers(a))
		w.rule("typeRule", a.Body, a.Request)
		w.WriteString(",\n},\n")
	}
	w.WriteString("}\n")
	var b strings.Builder
	b.WriteString("package wire\n\n// What several tables share.\nvar (\n")
	for i, literal := range w.shared {
		fmt.Fprintf(&b, "shared%d = %s\n", i+1, literal)
	}
	return goFile("schema/wire/actions_gen.go", b.String()+")\n\n"+w.String())
}

// share returns the name of a literal that several tables use.
func (w *tableWriter) share(literal string) string {
	i := slices.Index(w.shared, literal)
	if i < 0 {
		w.shared = append(w.shared, literal)
		i = len(w.shared) - 1
	}
	return fmt.Sprintf("shared%d", i+1)
}

// headers is the table of an action's headers.
func (w *tableWriter) headers(a schema.Action) string {
	sub := &tableWriter{d: w.d, shared: w.shared}
	fields := slices.Clone(w.d.Headers)
	for i := range fields {
		fields[i].Required = slices.Contains(a.RequiredHeaders, fields[i].Name)
	}
	sub.rule("typeRule", schema.Shape{Kind: schema.Map}, fields)
	w.shared = sub.shared
	return w.share(sub.String())
}

func (w *tableWriter) field(f schema.Field) {
	fmt.Fprintf(w, "{name: %q, ", f.Name)
	if f.Required {
		w.WriteString("required: true, ")
	}
	fmt.Fprintf(w, "req: %q", f.Req)
	if f.Shape.Kind != schema.Any {
		w.WriteString(", typ: ")
		w.rule("&typeRule", f.Shape, w.d.Fields(f.Shape))
	}
	w.WriteString("},\n")
}

// rule writes a shape, typ being how its literal begins.
func (w *tableWriter) rule(typ string, s schema.Shape, fields []schema.Field) {
	fmt.Fprintf(w, "%s{kind: %s", typ, kindNames[s.Kind])
	if s.Nullable {
		w.WriteString(", null: true")
	}
	if s.OneOf != nil {
		fmt.Fprintf(w, ", exactlyOne: %#v, choiceReq: %q", s.OneOf, s.Req)
	} else if s.Req != "" {
		fmt.Fprintf(w, ", req: %q", s.Req)
	}
	for _, b := range []struct {
		name  string
		bound *schema.Bound
	}{
		{"min", s.Min},
		{"max", s.Max},
		{"minLen", s.MinLen},
		{"maxLen", s.MaxLen},
		{"minItems", s.MinItems},
		{"maxItems", s.MaxItems},
		{"maxBytes", s.MaxBytes},
	} {
		w.bound(b.name, b.bound)
	}
	if s.Pattern != "" {
		w.WriteString(", pattern: " + w.share("newPattern(`"+s.Pattern+"`)"))
	}
	if s.Enum != nil {
		fmt.Fprintf(w, ", enum: %#v", s.Enum)
	}
	if s.Items != nil {
		w.WriteString(", items: ")
		w.rule("&typeRule", *s.Items, w.d.Fields(*s.Items))
	}
	if fields != nil {
		w.WriteString(", fields: []fieldRule{\n")
		for _, f := range fields {
			w.field(f)
		}
		w.WriteString("}")
	}
	w.WriteString("}")
}

func (w *tableWriter) bound(name string, b *schema.Bound) {
	if b == nil {
		return
	}
	number := fmt.Sprintf("n: %d", b.Value)
	if b.Limit != "" {
		number = "limit: limit" + goName(b.Limit)
	}
	if b.Req != "" {
		number += fmt.Sprintf(", req: %q", b.Req)
	}
	fmt.Fprintf(w, ", %s: bound{set: true, %s}", name, number)
}

// kindNames are the kinds of package wire, which knows no difference between a
// struct and a map.
var kindNames = map[schema.Kind]string{
	schema.Any: "kindAny", schema.Bool: "kindBool", schema.Int: "kindInt", schema.Float: "kindFloat",
	schema.String: "kindString", schema.List: "kindList", schema.Map: "kindMap", schema.Struct: "kindMap",
}

// overHTTP is where an action is found over HTTP, if a signature can permit it.
func overHTTP(d *schema.Definition, a schema.Action) string {
	if !d.Signable(a) {
		return "HTTP{}"
	}
	return fmt.Sprintf("HTTP{%q, %q}", a.Rest.Method, a.Rest.Path)
}

// accessNames are those of package wire.
var accessNames = map[string]string{"anyone": "Anyone", "caller": "Caller", "admin": "Admin"}
