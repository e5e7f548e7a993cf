// SPDX-License-Identifier: Apache-2.0

package source

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
)

var kinds = []schema.Kind{schema.Any, schema.Bool, schema.Int, schema.Float, schema.String, schema.List, schema.Map, schema.Struct}

// shape resolves a type expression: a kind, a type's name, or `[]` and either.
func (r *resolver) shape(at place, expr string) schema.Shape {
	if item, ok := strings.CutPrefix(expr, "[]"); ok {
		items := r.shape(at, item)
		return schema.Shape{Kind: schema.List, Items: &items}
	}
	if k := schema.Kind(expr); slices.Contains(kinds, k) && k != schema.Struct {
		return schema.Shape{Kind: k}
	}
	r.used["type "+expr] = true
	if t := r.d.Type(expr); t != nil {
		return t.Shape
	}
	r.failf(at, "there is no type %q", expr)
	return schema.Shape{Kind: schema.Any}
}

// typ resolves a named type but for its fields. Its base is a kind, or a
// scalar type further up whose rules and examples it takes over.
func (r *resolver) typ(t placed[typ]) schema.Type {
	out := schema.Type{Name: t.Name, Doc: t.Value.Doc, Examples: plain(t.Value.Examples), Invalid: plain(t.Value.Invalid)}
	s := schema.Shape{Kind: schema.Kind(t.Value.Base)}
	if base := r.d.Type(t.Value.Base); base != nil && scalar(base.Shape) {
		r.used["type "+base.Name] = true
		s = base.Shape
		out.Examples = append(out.Examples, base.Examples...)
		out.Invalid = append(out.Invalid, base.Invalid...)
	}
	s.Type, s.Req, s.OneOf, s.AnyOf = t.Name, cmp.Or(t.Value.Req, s.Req), t.Value.OneOf, t.Value.AnyOf
	if !slices.Contains(kinds, s.Kind) {
		r.failf(t.at, "base of %s is %q, not one of %v", t.Name, t.Value.Base, kinds)
	}
	if len(t.Value.Fields) > 0 && s.Kind != schema.Struct && s.Kind != schema.Map {
		r.failf(t.at, "%s has fields, but its base is %s", t.Name, s.Kind)
	}
	r.req(t.at, t.Value.Req)
	r.choices(t.at, t.Value.Fields, append(slices.Clone(s.OneOf), s.AnyOf...))
	r.constrain(t.at, &s, t.Value.Rules)
	r.lenient(t.at, s, false)
	out.Shape = s
	return out
}

// scalar tells whether a shape has no keys of its own.
func scalar(s schema.Shape) bool { return s.Kind != schema.Struct && s.Kind != schema.Map }

// choices checks that a choice is among fields that exist and may be absent.
func (r *resolver) choices(at place, fields ordered[field], names []string) {
	for _, name := range names {
		i := slices.IndexFunc(fields, func(e entry[field]) bool { return e.Name == name })
		switch {
		case i < 0:
			r.failf(at, "the choice names %s, which is no field", name)
		case fields[i].Value.Required:
			r.failf(at, "the choice names %s, which is required", name)
		}
	}
}

// constrain lays rules over a shape.
func (r *resolver) constrain(at place, s *schema.Shape, from Rules) {
	s.Nullable = s.Nullable || from.Nullable
	if from.Unit != "" {
		s.Unit = from.Unit
	}
	for _, b := range []struct {
		name  string
		from  bound
		to    **schema.Bound
		kinds []schema.Kind
	}{
		{"min", from.Min, &s.Min, []schema.Kind{schema.Int}},
		{"max", from.Max, &s.Max, []schema.Kind{schema.Int}},
		{"min_len", from.MinLen, &s.MinLen, []schema.Kind{schema.String}},
		{"max_len", from.MaxLen, &s.MaxLen, []schema.Kind{schema.String}},
		{"min_items", from.MinItems, &s.MinItems, []schema.Kind{schema.List}},
		{"max_items", from.MaxItems, &s.MaxItems, []schema.Kind{schema.List}},
		{"max_bytes", from.MaxBytes, &s.MaxBytes, []schema.Kind{schema.List, schema.Map}},
	} {
		if !b.from.set {
			continue
		}
		if !slices.Contains(b.kinds, s.Kind) {
			r.failf(at, "%s does not fit a value of kind %s", b.name, s.Kind)
		}
		*b.to = r.bound(at, b.from)
	}
	if from.Pattern != "" {
		s.Pattern = from.Pattern
		_, err := regexp.Compile(from.Pattern)
		if err != nil || !strings.HasPrefix(from.Pattern, "^") || !strings.HasSuffix(from.Pattern, "$") {
			r.failf(at, "pattern %s is no regular expression of the form ^…$", from.Pattern)
		}
	}
	if from.Enum != nil {
		s.Enum = from.Enum
	}
	if (from.Pattern != "" || from.Enum != nil) && s.Kind != schema.String {
		r.failf(at, "pattern and enum do not fit a value of kind %s", s.Kind)
	}
	r.orderly(at, s)
	s.Should = append(slices.Clone(s.Should), from.Should...)
}

// bound resolves one end of a range; nil if there is no such limit.
func (r *resolver) bound(at place, b bound) *schema.Bound {
	r.req(at, b.req)
	if b.limit == "" {
		return &schema.Bound{Value: b.value, Req: b.req}
	}
	l := r.d.Limit(b.limit)
	if l == nil {
		r.failf(at, "there is no limit $%s", b.limit)
		return nil
	}
	return &schema.Bound{Value: l.Default, Limit: b.limit, Req: b.req}
}

// orderly checks that no range is empty.
func (r *resolver) orderly(at place, s *schema.Shape) {
	for _, pair := range [][2]*schema.Bound{{s.Min, s.Max}, {s.MinLen, s.MaxLen}, {s.MinItems, s.MaxItems}} {
		if pair[0] != nil && pair[1] != nil && pair[0].Value > pair[1].Value {
			r.failf(at, "the range %d..%d is empty", pair[0].Value, pair[1].Value)
		}
	}
}

// lenient checks that `should` names rules that the value has.
func (r *resolver) lenient(at place, s schema.Shape, required bool) {
	rules := map[string]bool{
		"required": required,
		"type":     s.Kind != schema.Any, "null": !s.Nullable && s.Kind != schema.Any,
		"min": s.Min != nil, "max": s.Max != nil, "min_len": s.MinLen != nil, "max_len": s.MaxLen != nil,
		"min_items": s.MinItems != nil, "max_items": s.MaxItems != nil, "max_bytes": s.MaxBytes != nil,
		"pattern": s.Pattern != "", "enum": s.Enum != nil, "one_of": s.OneOf != nil,
	}
	for _, name := range s.Should {
		if !rules[name] {
			r.failf(at, "should names the rule %q, which is not there", name)
		}
	}
}

// unused reports names that nothing uses. Limits are left out: some bind frames,
// which no field describes.
func (r *resolver) unused() {
	for _, t := range r.types {
		if !r.used["type "+t.Name] {
			r.failf(t.at, "type %s is never used", t.Name)
		}
	}
	for _, o := range r.features {
		if !r.used["feature "+o.Name] {
			r.failf(o.at, "feature %s is never used", o.Name)
		}
	}
	for _, o := range r.extensions {
		if !r.used["extension "+o.Name] {
			r.failf(o.at, "extension %s is never used", o.Name)
		}
	}
}
