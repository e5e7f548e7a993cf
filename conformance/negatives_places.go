// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
)

// place is where a request of an action holds a value that the schema rules.
type place struct {
	action   string
	steps    []string // below the body: keys, and anyElement for the elements of a list
	shape    schema.Shape
	required bool
	examples []schema.Value
	misfits  []schema.Value // the schema's `invalid`
	needs    []string       // the features and extensions without which a target lacks it
}

// anyElement stands for the elements of a list.
const anyElement = "[]"

// placesOf are the fields of an action and what lies in them, a field before its
// parts.
func placesOf(m *schema.Definition, a schema.Action) []place {
	var all []place
	for _, f := range a.Request {
		all = append(all, place{action: a.Name, needs: needsOf(a.Name)}.field(m, f)...)
	}
	return all
}

// field are the place of a field within the place, and the places within that.
func (w place) field(m *schema.Definition, f schema.Field) []place {
	needs := slices.Clone(w.needs)
	for _, name := range []string{f.Feature, f.Extension} {
		if name != "" {
			needs = append(needs, name)
		}
	}
	return place{w.action, append(slices.Clone(w.steps), f.Name), f.Shape, f.Required, f.Examples, f.Invalid, needs}.with(m)
}

// with is the place, with what its type says of it, and the places within it.
func (w place) with(m *schema.Definition) []place {
	if t := m.Type(w.shape.Type); t != nil {
		w.examples = append(slices.Clone(w.examples), t.Examples...)
		w.misfits = append(slices.Clone(w.misfits), t.Invalid...)
	}
	all := []place{w}
	for _, f := range m.Fields(w.shape) {
		all = append(all, w.field(m, f)...)
	}
	if items := w.shape.Items; items != nil {
		element := place{action: w.action, steps: append(slices.Clone(w.steps), anyElement), shape: *items, needs: w.needs}
		all = append(all, element.with(m)...)
	}
	return all
}

// String is the place's name, for example "message_post messages[].ttl".
func (w place) String() string {
	return w.action + " " + strings.ReplaceAll(strings.Join(w.steps, "."), "."+anyElement, anyElement)
}

// slug is the place's name as part of a case id.
func (w place) slug() string {
	parts := []string{kebabOf(w.action)}
	for _, step := range w.steps {
		if step != anyElement {
			parts = append(parts, kebabOf(step))
		}
	}
	return strings.Join(parts, "-")
}

// element says whether the place is that of a list's elements.
func (w place) element() bool { return w.steps[len(w.steps)-1] == anyElement }

// in is what stands in the place of a body; of a list, its first element.
func (w place) in(body M) any {
	var v any = body
	for _, step := range w.steps {
		switch at := v.(type) {
		case M:
			v = at[step]
		case L:
			v = at[0]
		}
	}
	return v
}

// change is a copy of a body with another value in the place.
func (w place) change(body M, value any) M {
	changed, _ := changed(body, w.steps, value).(M)
	return changed
}

// beside is a copy of a body with a value behind the element in the place.
func (w place) beside(body M, value any) M {
	list := place{steps: w.steps[:len(w.steps)-1]}
	elements, _ := list.in(body).(L)
	return list.change(body, append(slices.Clone(elements), value))
}

func changed(v any, steps []string, value any) any {
	if len(steps) == 0 {
		return value
	}
	switch at := v.(type) {
	case M:
		return setting(at, steps[0], changed(at[steps[0]], steps[1:], value))
	case L:
		list := slices.Clone(at)
		list[0] = changed(list[0], steps[1:], value)
		return list
	}
	return v
}

// outside are the integers next to the bounds of the place.
func (w place) outside(limit func(schema.Bound) int64) L {
	var some L
	if b := w.shape.Min; b != nil {
		some = append(some, limit(*b)-1)
	}
	if b := w.shape.Max; b != nil {
		some = append(some, limit(*b)+1)
	}
	return some
}

// lax says whether a server may take a value for absent, or for another one (QUE-41).
func (w place) lax(v any) bool {
	n := mustNormal(v)
	nothing := slices.ContainsFunc(L{nil, false, 0, 0.0, "", L{}, M{}}, func(o any) bool { return equal(n, mustNormal(o)) })
	return nothing || w.shape.Kind == schema.Int && n == true
}

// invalid are those of the schema's `invalid` values for which a rule is broken.
func (w place) invalid(broken func(v any) bool) L {
	var some L
	for _, v := range valuesOf(w.misfits) {
		if broken(v) {
			some = append(some, v)
		}
	}
	return some
}

// otherType says whether a value is of another type than the place's.
func (w place) otherType(v any) bool { return !fitsKind(w.shape, v) }

// broken says whether a value breaks a rule, under the limits of the schema.
func (w place) broken(v any) bool {
	return !fits(schema.Model(), w.shape, v, func(b schema.Bound) int64 { return b.Value })
}

// fits says whether a value keeps the rules of a shape and of what lies within it;
// patterns and sizes of MessagePack aside.
func fits(m *schema.Definition, shape schema.Shape, v any, limit func(schema.Bound) int64) bool {
	within := func(n int64, low, high *schema.Bound) bool {
		return (low == nil || n >= limit(*low)) && (high == nil || n <= limit(*high))
	}
	if !fitsKind(shape, v) {
		return false
	}
	switch v := v.(type) {
	case int64:
		return within(v, shape.Min, shape.Max)
	case string:
		return within(int64(len([]rune(v))), shape.MinLen, shape.MaxLen) && (shape.Enum == nil || slices.Contains(shape.Enum, v))
	case L:
		return within(int64(len(v)), shape.MinItems, shape.MaxItems) && (shape.Items == nil ||
			!slices.ContainsFunc(v, func(e any) bool { return !fits(m, *shape.Items, e, limit) }))
	case M:
		return !slices.ContainsFunc(m.Fields(shape), func(f schema.Field) bool {
			part, has := v[f.Name]
			return f.Required && !has || has && !fits(m, f.Shape, part, limit)
		})
	}
	return true
}

func fitsKind(shape schema.Shape, v any) bool {
	if shape.Kind == schema.Any || v == nil && shape.Nullable {
		return true
	}
	return slices.Contains(map[string][]schema.Kind{
		"bool": {schema.Bool}, "int64": {schema.Int}, "float64": {schema.Float}, "string": {schema.String},
		"[]interface {}": {schema.List}, "map[string]interface {}": {schema.Map, schema.Struct},
	}[fmt.Sprintf("%T", v)], shape.Kind)
}

// valuesOf are the schema's values as the judge's.
func valuesOf(raw []schema.Value) L {
	values := make(L, len(raw))
	for i, r := range raw {
		v, err := readJSON(r)
		if err != nil {
			panic(err) //nolint:forbidigo // zwgen encoded it; TestEveryRuleOfTheSchemaIsJudged reads all
		}
		values[i] = v
	}
	return values
}

// also is a list with those of more that it does not hold.
func also(list L, more ...any) L {
	for _, v := range more {
		n := mustNormal(v)
		if !slices.ContainsFunc(list, func(have any) bool { return equal(mustNormal(have), n) }) {
			list = append(list, v)
		}
	}
	return list
}

// bytesLike are values that only MessagePack has, as like to a good one as can be.
// Bytes in the place of a string are a case of their own, FRM-57/bytes-for-a-string.
func bytesLike(good any) L {
	text := asciiOf(good)
	values := L{Ext{5, []byte(text)}}
	if _, isText := good.(string); !isText {
		values = append(values, Bin(text))
	}
	return values
}

// asciiOf is a good value as ASCII.
func asciiOf(good any) string {
	if text, ok := good.(string); ok {
		return text
	}
	return "1"
}
