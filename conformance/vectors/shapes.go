// SPDX-License-Identifier: Apache-2.0

package vectors

import (
	"slices"
	"strconv"

	"github.com/zaqarwire/zaqarwire/schema"
)

// Shapes is what every reply is held to, as patterns: the envelope, a refusal's body,
// and for each action the body by status. What is not listed may be anything.
func Shapes(d *schema.Definition) map[string]any {
	shapes := object{
		"reply": keysOf(
			key("request", kind("map")), key("body", kind("value")),
			key("headers", keysOf(key("status", object{"$between": []any{100, 599}}))),
		),
		"refusal": anyOf([]any{keysOf(key("error", kind("string"))), keysOf(key("exception", kind("string")))}),
	}
	for _, a := range d.Actions {
		byStatus := map[string][]any{}
		for _, r := range a.Responses {
			if r.Status < 400 {
				status := strconv.Itoa(r.Status)
				byStatus[status] = append(byStatus[status], shapeOf(d, r.Body))
			}
		}
		bodies := object{}
		for status, some := range byStatus {
			bodies[status] = anyOf(some)
		}
		shapes[a.Name] = bodies
	}
	return shapes
}

func kind(name string) object { return object{"$kind": []any{name}} }

func key(name string, is any) []any { return []any{name, is} }

func keysOf(required ...any) object { return object{"$keys": []any{required, []any{}}} }

func anyOf(some []any) any {
	if len(some) == 1 {
		return some[0]
	}
	return object{"$any_of": some}
}

// shapeOf is what a value of a shape may be, by the rules that a server has to keep.
func shapeOf(d *schema.Definition, s schema.Shape) any {
	binds := func(rule string) bool { return !slices.Contains(s.Should, rule) }
	if s.Kind == schema.Any || !binds("type") {
		return kind("value")
	}
	is := plain(d, s, binds)
	if s.Nullable || !binds("null") {
		return object{"$any_of": []any{nil, is}}
	}
	return is
}

func plain(d *schema.Definition, s schema.Shape, binds func(string) bool) any {
	fields := d.Fields(s)
	switch {
	case fields != nil:
		return declared(d, fields)
	case s.Kind == schema.Int:
		low, high := bound(s.Min, binds("min")), bound(s.Max, binds("max"))
		return object{"$between": []any{low, high}}
	case s.Kind == schema.List && s.Items != nil:
		return object{"$each": []any{shapeOf(d, *s.Items)}}
	case s.Enum != nil && binds("enum"):
		some := make([]any, len(s.Enum))
		for i, word := range s.Enum {
			some[i] = word
		}
		return object{"$any_of": some}
	case s.Pattern != "" && binds("pattern"):
		return object{"$matching": []any{s.Pattern}}
	case s.Kind == schema.Struct:
		return kind("map")
	}
	return kind(string(s.Kind))
}

// bound is one end of a range; nil for none.
func bound(b *schema.Bound, binds bool) any {
	if b == nil || !binds {
		return nil
	}
	return b.Value
}

// declared is a map with declared keys; others may stand beside them.
func declared(d *schema.Definition, fields []schema.Field) object {
	required, optional := []any{}, []any{}
	for _, f := range fields {
		k := key(f.Name, shapeOf(d, f.Shape))
		if f.Required && !slices.Contains(f.Shape.Should, "required") {
			required = append(required, k)
		} else {
			optional = append(optional, k)
		}
	}
	return object{"$keys": []any{required, optional}}
}
