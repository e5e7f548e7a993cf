// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func TestSchemasAcceptEveryExample(t *testing.T) {
	t.Parallel()
	schemas := compileAll(t)
	d := load(t)
	for _, a := range d.Actions {
		for _, e := range a.Examples {
			request, reply := frame(t, d.ExampleRequest(a, e)), frame(t, d.ExampleReply(a, e))
			check := func(name string, v any) {
				if err := schemas[name].Validate(v); err != nil {
					t.Errorf("%s refuses its example: %#v", name, err)
				}
			}
			check("request.json", request)
			check("reply.json", reply)
			check(a.Name+".reply.json", reply)
			if e.Response.Status != 400 {
				check(a.Name+".request.json", request)
			}
		}
	}
}

// Every rule of a response must be in its JSON Schema, unless it is a SHOULD.
func TestSchemasRefuseEveryInvalidReply(t *testing.T) {
	t.Parallel()
	schemas := compileAll(t)
	d := load(t)
	for _, a := range d.Actions {
		for _, e := range a.Examples {
			body := decode(t, e.Response.Body)
			var shape schema.Shape
			for _, r := range a.Responses {
				if r.Status == e.Response.Status {
					shape = r.Body
				}
			}
			p := prober{t: t, d: d}
			p.fields("body", d.Fields(shape), false, func(doc any) map[string]any { m, _ := doc.(map[string]any)["body"].(map[string]any); return m })
			for _, probe := range p.probes {
				if !probe.invalid || probe.lax {
					continue
				}
				doc := frame(t, d.ExampleReply(a, e)).(map[string]any)
				doc["body"] = clone(t, body)
				if probe.set(doc) && schemas[a.Name+".reply.json"].Validate(doc) == nil {
					t.Errorf("%s.reply.json accepts %s", a.Name, probe.name)
				}
			}
		}
	}
}

// The published schemas and the door are generated apart from one source; this
// holds them together.
func TestRequestSchemasAgreeWithTheDoor(t *testing.T) {
	t.Parallel()
	schemas := compileAll(t)
	d := load(t)
	door := &wire.Door{}
	for _, a := range d.Actions {
		t.Run(a.Name, func(t *testing.T) {
			t.Parallel()
			p := prober{t: t, d: d}
			p.fields("body", a.Request, false, func(doc any) map[string]any { m, _ := doc.(map[string]any)["body"].(map[string]any); return m })
			p.fields("headers", d.Headers, false, func(doc any) map[string]any { m, _ := doc.(map[string]any)["headers"].(map[string]any); return m })
			p.fields("request", d.Envelope.Request, false, func(doc any) map[string]any { return doc.(map[string]any) })
			for _, e := range a.Examples {
				base := frame(t, d.ExampleRequest(a, e))
				agree(t, door, a.Name, schemas[a.Name+".request.json"], "the example", base)
				for _, probe := range p.probes {
					doc := clone(t, base)
					if !probe.set(doc) {
						continue
					}
					accepted := agree(t, door, a.Name, schemas[a.Name+".request.json"], probe.name, doc)
					if accepted && probe.invalid {
						t.Errorf("both accept %s, which is invalid", probe.name)
					}
				}
			}
			if len(p.probes) < 20 {
				t.Errorf("only %d probes", len(p.probes))
			}
		})
	}
}

// agree tells whether a request is accepted, by both.
func agree(t *testing.T, door *wire.Door, action string, s *jsonschema.Schema, name string, doc any) bool {
	t.Helper()
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	refused := s.Validate(doc)
	request := door.Decode(wire.JSON, text)
	if (refused == nil) != (request.Refusal == nil && request.Action == action) {
		t.Errorf("%s: the schema says %v, the door %v:\n%s", name, refused, request.Refusal, text)
	}
	return refused == nil
}

// probe changes one value of a frame.
type probe struct {
	name    string
	invalid bool
	lax     bool // invalid by a SHOULD only
	set     func(doc any) bool
}

// prober makes probes of every field: its examples, its invalid examples, its
// absence, a value of each kind, and both sides of each bound.
type prober struct {
	t      *testing.T
	d      *schema.Definition
	probes []probe
}

func (p *prober) fields(path string, fields []schema.Field, lax bool, in func(doc any) map[string]any) {
	for _, f := range fields {
		name := path + "." + f.Name
		lax := lax || len(f.Shape.Should) > 0
		put := func(value string, invalid bool) {
			p.probes = append(p.probes, probe{name + " = " + value, invalid, lax, func(doc any) bool {
				m := in(doc)
				if m == nil {
					return false
				}
				m[f.Name] = decode(p.t, []byte(value))
				return true
			}})
		}
		for _, v := range f.Examples {
			put(string(v), false)
		}
		for _, v := range f.Invalid {
			put(string(v), true)
		}
		for _, v := range []string{`null`, `true`, `1`, `-1`, `1.5`, `"x"`, `"käse\n"`, `[]`, `[null]`, `[7]`, `{}`} {
			put(v, false)
		}
		for _, v := range edges(f.Shape) {
			put(v, false)
		}
		p.probes = append(p.probes, probe{name + " absent", false, false, func(doc any) bool {
			m := in(doc)
			delete(m, f.Name)
			return m != nil
		}})
		shape := f.Shape
		inner := func(doc any) map[string]any {
			v := in(doc)[f.Name]
			if list, ok := v.([]any); ok && len(list) > 0 {
				v = list[0]
			}
			m, _ := v.(map[string]any)
			return m
		}
		if shape.Items != nil {
			shape = *shape.Items
		}
		p.fields(name, p.d.Fields(shape), lax, inner)
	}
}

// edges are values on both sides of each bound, as JSON.
func edges(s schema.Shape) (all []string) {
	each := func(b *schema.Bound, write func(n int64) string) {
		if b == nil {
			return
		}
		for n := max(0, b.Value-1); n <= b.Value+1; n++ {
			all = append(all, write(n))
		}
	}
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	text := func(n int64) string { return `"` + strings.Repeat("é", int(n)) + `"` }
	plain := func(n int64) string { return `"` + strings.Repeat("a", int(n)) + `"` }
	list := func(n int64) string { return "[" + strings.TrimSuffix(strings.Repeat(`"a",`, int(n)), ",") + "]" }
	for _, b := range []*schema.Bound{s.Min, s.Max} {
		each(b, number)
	}
	for _, b := range []*schema.Bound{s.MinLen, s.MaxLen} {
		each(b, text)
		each(b, plain)
	}
	for _, b := range []*schema.Bound{s.MinItems, s.MaxItems} {
		each(b, list)
	}
	return all
}

// frame is a frame of an example, decoded.
func frame(t *testing.T, p any) any {
	t.Helper()
	return decode(t, []byte(line(p)))
}

func clone(t *testing.T, v any) any {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, bytes.TrimSpace(data))
}
