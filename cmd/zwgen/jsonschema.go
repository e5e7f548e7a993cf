// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema"
)

// object is a JSON Schema. Keys are written in byte order.
type object = map[string]any

// schemaWriter writes shapes as JSON Schemas. What JSON Schema cannot say stands
// in keys that begin with `x-`, which schema/README.md explains.
type schemaWriter struct {
	d *schema.Definition
	// strict takes rules that a server need not check for rules as well. A
	// request should keep them; a reply that breaks one is still a legal reply.
	strict bool
	// refs is where the schemas of named types are, and defs are those that
	// were referred to.
	refs string
	defs object
}

// jsonSchemas are request.json, reply.json, two schemas for each action, and one for
// each notification.
func jsonSchemas(d *schema.Definition, _ *register) (map[string][]byte, error) {
	all := map[string]object{}
	add := func(name string, strict bool, doc string, write func(*schemaWriter) object) {
		w := &schemaWriter{d: d, strict: strict, refs: "#/$defs/", defs: object{}}
		s := write(w)
		s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
		s["$id"] = schema.BaseURI + name
		s["description"] = doc
		if len(w.defs) > 0 {
			s["$defs"] = w.defs
		}
		all[name] = s
	}
	add("request.json", true, "A request for any action.", (*schemaWriter).request)
	add("reply.json", false, "A reply to any request.", (*schemaWriter).reply)
	for _, a := range d.Actions {
		add(a.Name+".request.json", true, a.Doc, func(w *schemaWriter) object { return w.actionRequest(a) })
		add(a.Name+".reply.json", false, "A reply to "+a.Name+".", func(w *schemaWriter) object { return w.actionReply(a, "reply.json") })
	}
	for _, n := range d.Notifications {
		add(n.Name+".notification.json", false, n.Doc, func(w *schemaWriter) object { return w.keys(n.Body, n.Fields) })
	}
	files := map[string][]byte{}
	for name, s := range all {
		data, err := marshal(s)
		if err != nil {
			return nil, err
		}
		files["schema/gen/jsonschema/"+name] = data
	}
	return files, nil
}

// request is the envelope of a request.
func (w *schemaWriter) request() object {
	return w.keys(schema.Shape{Kind: schema.Struct}, w.d.Envelope.Request)
}

// reply is the envelope of a reply; a refusal says why in its body.
func (w *schemaWriter) reply() object {
	s := w.keys(schema.Shape{Kind: schema.Struct}, w.d.Envelope.Reply)
	s["allOf"] = []object{{
		"if":   statusIs(object{"minimum": 400}),
		"then": object{"properties": object{"body": w.shape(w.d.Type("Fault").Shape)}},
	}}
	return s
}

// actionRequest is a request for one action.
func (w *schemaWriter) actionRequest(a schema.Action) object {
	fields := slices.Clone(w.d.Envelope.Request)
	for i := range fields {
		switch fields[i].Name {
		case "headers":
			fields[i].Required = len(a.RequiredHeaders) > 0
		case "body":
			fields[i].Required = a.Body.OneOf != nil || slices.ContainsFunc(a.Request, func(f schema.Field) bool { return f.Required })
		}
	}
	headers := slices.Clone(w.d.Headers)
	for i := range headers {
		headers[i].Required = slices.Contains(a.RequiredHeaders, headers[i].Name)
	}
	s := w.keys(schema.Shape{Kind: schema.Struct}, fields)
	properties := object{
		"action":  object{"const": a.Name},
		"headers": w.keys(schema.Shape{Kind: schema.Map}, headers),
		"body":    w.keys(a.Body, a.Request),
	}
	for _, f := range fields {
		if properties[f.Name] == nil {
			properties[f.Name] = w.field(f)
		}
	}
	s["properties"] = properties
	return s
}

// actionReply is a reply to one action: a general reply whose body fits its
// status. A status that the action does not list may have any body.
func (w *schemaWriter) actionReply(a schema.Action, general string) object {
	rules := []object{{"$ref": general}}
	seen := map[int]bool{}
	for _, r := range a.Responses {
		if seen[r.Status] {
			continue
		}
		seen[r.Status] = true
		if body := w.bodyOf(a, r.Status); len(body) > 0 {
			rules = append(rules, object{
				"if":   statusIs(object{"const": r.Status}),
				"then": object{"properties": object{"body": body}},
			})
		}
	}
	return object{"allOf": rules}
}

// bodyOf is what the bodies of one status may be; empty for anything.
func (w *schemaWriter) bodyOf(a schema.Action, status int) object {
	var some []schema.Shape
	for _, r := range a.Responses {
		same := func(s schema.Shape) bool { return s.Kind == r.Body.Kind && s.Type == r.Body.Type }
		if r.Status == status && !slices.ContainsFunc(some, same) {
			some = append(some, r.Body)
		}
	}
	if len(some) == 1 {
		return w.shape(some[0])
	}
	choices := make([]object, 0, len(some))
	for _, s := range some {
		choices = append(choices, w.shape(s))
	}
	return object{"anyOf": choices}
}

func statusIs(rule object) object {
	return object{"properties": object{"headers": object{"properties": object{"status": rule}}}}
}

// keys is a map with declared keys. Others may stand beside them.
func (w *schemaWriter) keys(s schema.Shape, fields []schema.Field) object {
	properties := object{}
	required := []string{}
	for _, f := range fields {
		properties[f.Name] = w.field(f)
		if f.Required && w.binds(f.Shape, "required") {
			required = append(required, f.Name)
		}
	}
	out := object{"type": w.types("object", s), "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	var oneOf, anyOf []object
	for _, name := range s.OneOf {
		oneOf = append(oneOf, object{"required": []string{name}})
	}
	for _, f := range fields {
		if slices.Contains(s.AnyOf, f.Name) {
			typed := object{f.Name: object{"type": kindWords[f.Shape.Kind]}}
			anyOf = append(anyOf, object{"required": []string{f.Name}, "properties": typed})
		}
	}
	if oneOf != nil {
		out["oneOf"] = oneOf
	}
	if anyOf != nil {
		out["anyOf"] = anyOf
	}
	return out
}

func (w *schemaWriter) field(f schema.Field) object {
	s := w.shape(f.Shape)
	if ref, ok := s["$ref"]; ok { // draft 7 ignores what stands beside a $ref
		s = object{"allOf": []object{{"$ref": ref}}}
	}
	set(s, "description", f.Doc)
	s["x-req"] = citations(f)
	set(s, "x-feature", f.Feature)
	set(s, "x-extension", f.Extension)
	if f.Default != nil {
		s["default"] = f.Default
	}
	if f.Examples != nil {
		s["examples"] = f.Examples
	}
	if f.Shape.Should != nil {
		s["x-should"] = f.Shape.Should
	}
	return s
}

func set(s object, key, value string) {
	if value != "" {
		s[key] = value
	}
}

// binds tells whether a rule of a shape is one here.
func (w *schemaWriter) binds(s schema.Shape, rule string) bool {
	return w.strict || !slices.Contains(s.Should, rule)
}

var kindWords = map[schema.Kind]string{
	schema.Bool: "boolean", schema.Int: "integer", schema.Float: "number", schema.String: "string",
	schema.List: "array", schema.Map: "object", schema.Struct: "object",
}

// types is a type, or that type and null.
func (w *schemaWriter) types(name string, s schema.Shape) any {
	if s.Nullable || !w.binds(s, "null") {
		return []string{name, "null"}
	}
	return name
}

// shape is what a value must be. It refers to named types that have keys.
func (w *schemaWriter) shape(s schema.Shape) object {
	fields := w.d.Fields(s)
	switch {
	case s.Kind == schema.Any, !w.binds(s, "type"):
		return object{}
	case fields != nil && s.Nullable:
		return object{"anyOf": []object{w.ref(s, fields), {"type": "null"}}}
	case fields != nil:
		return w.ref(s, fields)
	}
	out := object{"type": w.types(kindWords[s.Kind], s)}
	if s.Kind == schema.Int {
		out["x-integer-not-float"] = true
	}
	set(out, "x-unit", s.Unit)
	w.bounds(out, s)
	if s.Pattern != "" && w.binds(s, "pattern") {
		out["pattern"] = s.Pattern
		out["not"] = object{"pattern": `\n$`} // to some engines `$` stands before a last line feed as well
	}
	if s.Enum != nil && w.binds(s, "enum") {
		out["enum"] = s.Enum
	}
	if s.Items != nil {
		out["items"] = w.shape(*s.Items)
	}
	return out
}

// ref refers to a named type, and writes it where that was not done yet.
func (w *schemaWriter) ref(s schema.Shape, fields []schema.Field) object {
	if _, ok := w.defs[s.Type]; !ok {
		w.defs[s.Type] = object{} // ends recursion
		def := w.keys(schema.Shape{Kind: s.Kind, OneOf: s.OneOf, AnyOf: s.AnyOf}, fields)
		t := w.d.Type(s.Type)
		set(def, "description", t.Doc)
		if t.Examples != nil {
			def["examples"] = t.Examples
		}
		w.bounds(def, t.Shape)
		w.defs[s.Type] = def
	}
	return object{"$ref": w.refs + s.Type}
}

func (w *schemaWriter) bounds(out object, s schema.Shape) {
	limits := object{}
	for _, b := range []struct {
		rule, keyword string
		bound         *schema.Bound
	}{
		{"min", "minimum", s.Min},
		{"max", "maximum", s.Max},
		{"min_len", "minLength", s.MinLen},
		{"max_len", "maxLength", s.MaxLen},
		{"min_items", "minItems", s.MinItems},
		{"max_items", "maxItems", s.MaxItems},
		{"max_bytes", "x-max-bytes", s.MaxBytes},
	} {
		if b.bound == nil || !w.binds(s, b.rule) {
			continue
		}
		out[b.keyword] = b.bound.Value
		if b.bound.Limit != "" {
			limits[b.keyword] = b.bound.Limit
		}
	}
	if len(limits) > 0 {
		out["x-limits"] = limits
	}
}
