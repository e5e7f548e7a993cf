// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
)

// place is somewhere in a reply's body.
type place struct {
	// steps lead there: keys, and "[]" for each item of a list.
	steps    []string
	shape    schema.Shape
	required bool
	req      string
}

// String is the place as a path, for people.
func (p place) String() string {
	if len(p.steps) == 0 {
		return "the body"
	}
	return strings.ReplaceAll(strings.Join(p.steps, "."), ".[]", "[]")
}

// places are a shape and all that is declared inside it.
func places(model *schema.Definition, s schema.Shape, steps []string) []place {
	return inside(model, place{steps: steps, shape: s, required: true, req: s.Req})
}

func inside(model *schema.Definition, p place) []place {
	all := []place{p}
	for _, f := range model.Fields(p.shape) {
		if slices.Contains(f.Shape.Should, "required") {
			continue // whether it is there, and what it says, is no sentence's business
		}
		all = append(all, inside(model, place{
			steps: append(slices.Clone(p.steps), f.Name), shape: f.Shape, required: f.Required, req: f.Req,
		})...)
	}
	if p.shape.Kind == schema.List && p.shape.Items != nil {
		all = append(all, inside(model, place{
			steps: append(slices.Clone(p.steps), "[]"), shape: *p.shape.Items, req: p.req,
		})...)
	}
	return all
}

// dropped is what an edit returns for a key or an item that goes.
type dropped struct{}

// change is one way to spoil a value.
type change struct {
	name, does string
	edit       func(v any) any
}

// changes are the ways to spoil the value at a place; those that nobody forbids are
// left out: how an error is worded, and what the reference server does not send.
func changes(p place) []change {
	var all []change
	switch {
	case slices.Equal(p.steps, []string{"exception"}):
		return nil
	case slices.Equal(p.steps, []string{"error"}):
		return []change{
			{"dropped", "left out", func(any) any { return dropped{} }},
			{"null", "null", func(any) any { return nil }},
			{"number", "as a number", func(any) any { return int64(7) }},
		}
	}
	key := len(p.steps) > 0 && p.steps[len(p.steps)-1] != "[]"
	if key && p.required {
		all = append(all, change{"dropped", "left out", func(any) any { return dropped{} }})
	}
	if p.shape.Kind != schema.Any && !p.shape.Nullable {
		all = append(all, change{"null", "null", func(any) any { return nil }})
	}
	return append(all, byKind(p)...)
}

// byKind are the changes that fit the kind of value.
func byKind(p place) []change {
	switch p.shape.Kind {
	case schema.Int:
		return []change{
			{"text", "as a string", func(any) any { return "7" }},
			{"float", "as a float", func(v any) any { n, _ := v.(int64); return float64(n) }},
			{"negative", "below zero", func(any) any { return int64(-1) }},
			{"more", "a thousand too high", func(v any) any { n, _ := v.(int64); return n + 1000 }},
		}
	case schema.String:
		return []change{
			{"number", "as a number", func(any) any { return int64(7) }},
			{"other", "as another string", func(v any) any { s, _ := v.(string); return s + "x" }},
		}
	case schema.Bool:
		return []change{{"number", "as a number", func(any) any { return int64(1) }}}
	case schema.List:
		return ofLists()
	case schema.Map, schema.Struct:
		if len(p.steps) > 0 && p.steps[len(p.steps)-1] == "[]" {
			return []change{{"text", "as a string", func(any) any { return "x" }}}
		}
		return []change{
			{"text", "as a string", func(any) any { return "x" }},
			{"list", "as a list", func(v any) any { return []any{v} }},
		}
	case schema.Any:
		if len(p.steps) == 0 {
			return nil // what a reply without content carries is nobody's business
		}
		return []change{{"other", "as another value", func(v any) any { return []any{v, "x"} }}}
	case schema.Float:
		return nil // there is none in a reply
	}
	return nil
}

func ofLists() []change {
	return []change{
		{"map", "as a map", func(any) any { return object{} }},
		{"emptied", "without its items", func(any) any { return []any{} }},
		{"short", "without its last item", func(v any) any { l, _ := v.([]any); return l[:max(0, len(l)-1)] }},
		{"twice", "with its first item twice", func(v any) any {
			l, _ := v.([]any)
			return append(slices.Clone(l[:min(1, len(l))]), l...)
		}},
		{"reversed", "in reverse order", func(v any) any {
			l, _ := v.([]any)
			l = slices.Clone(l)
			slices.Reverse(l)
			return l
		}},
	}
}

// edited is v with the value at each place that steps lead to changed.
func edited(v any, steps []string, edit func(any) any) any {
	if len(steps) == 0 {
		return edit(v)
	}
	switch v := v.(type) {
	case []any:
		if steps[0] != "[]" {
			return v
		}
		list := make([]any, 0, len(v))
		for _, item := range v {
			list = append(list, edited(item, steps[1:], edit))
		}
		return list
	case object:
		old, there := v[steps[0]]
		if !there {
			return v
		}
		switch changed := edited(old, steps[1:], edit).(type) {
		case dropped:
			delete(v, steps[0])
		default:
			v[steps[0]] = changed
		}
	}
	return v
}
