// SPDX-License-Identifier: Apache-2.0

package source

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
)

// place is where something stands in the source.
type place struct {
	file string
	line int
}

// placed is an entry and where it stands.
type placed[T any] struct {
	Name  string
	Value T
	at    place
}

// resolver puts the files together. Everything wrong is kept in errs, so that
// an author sees all of it at once.
type resolver struct {
	known func(string) bool
	d     *schema.Definition
	errs  []error
	used  map[string]bool // "type x", "feature y", "extension z"

	limits        []placed[limit]
	features      []placed[option]
	extensions    []placed[option]
	headers       []placed[field]
	types         []placed[typ]
	actions       []placed[action]
	notifications []placed[notification]
	protocol      *protocol
	envelope      *envelope
	envelopeAt    place
}

func newResolver(known func(string) bool) *resolver {
	return &resolver{known: known, d: new(schema.Definition), used: map[string]bool{}}
}

func (r *resolver) failf(at place, format string, a ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d: %s", at.file, at.line, fmt.Sprintf(format, a...)))
}

// add puts a file to those before it.
func (r *resolver) add(name string, f file) {
	at := place{name, 1}
	if f.Protocol != nil {
		if r.protocol != nil {
			r.failf(at, "protocol is written twice")
		}
		r.protocol = f.Protocol
	}
	if f.Envelope != nil {
		if r.envelope != nil {
			r.failf(at, "envelope is written twice")
		}
		r.envelope, r.envelopeAt = f.Envelope, at
	}
	r.limits = join(r, r.limits, name, f.Limits)
	r.features = join(r, r.features, name, f.Features)
	r.extensions = join(r, r.extensions, name, f.Extensions)
	r.headers = join(r, r.headers, name, f.Headers)
	r.types = join(r, r.types, name, f.Types)
	r.actions = join(r, r.actions, name, f.Actions)
	r.notifications = join(r, r.notifications, name, f.Notifications)
}

func join[T any](r *resolver, all []placed[T], file string, more ordered[T]) []placed[T] {
	for _, e := range more {
		at := place{file, e.Line}
		for _, p := range all {
			if p.Name == e.Name {
				r.failf(at, "%s is already in %s:%d", e.Name, p.at.file, p.at.line)
			}
		}
		all = append(all, placed[T]{e.Name, e.Value, at})
	}
	return all
}

// resolve builds the model and checks it.
func (r *resolver) resolve() (*schema.Definition, error) {
	if r.protocol == nil || r.envelope == nil {
		r.failf(place{"protocol.yaml", 1}, "the protocol and its envelope are missing")
		return nil, errors.Join(r.errs...)
	}
	p := r.protocol
	r.d.Protocol = schema.Protocol{Name: p.Name, Title: p.Title, API: p.API, Doc: p.Doc}
	for _, l := range r.limits {
		r.req(l.at, l.Value.Req)
		v := l.Value
		r.d.Limits = append(r.d.Limits, schema.Limit{Name: l.Name, Unit: v.Unit, Default: v.Default, Doc: v.Doc, Req: v.Req})
	}
	r.d.Features = r.options(r.features)
	r.d.Extensions = r.options(r.extensions)
	for _, t := range r.types {
		r.d.Types = append(r.d.Types, r.typ(t))
	}
	for i, t := range r.types {
		r.d.Types[i].Fields = r.fields(t.at.file, t.Value.Fields, t.Value.Req)
	}
	for _, h := range r.headers {
		r.d.Headers = append(r.d.Headers, r.field(h.at, h.Name, h.Value, ""))
	}
	r.d.Envelope = schema.Envelope{
		Request:        r.fields(r.envelopeAt.file, r.envelope.Request, ""),
		Reply:          r.fields(r.envelopeAt.file, r.envelope.Reply, ""),
		ExampleHeaders: schema.Value(r.envelope.Examples.Headers),
	}
	for _, a := range r.actions {
		r.d.Actions = append(r.d.Actions, r.action(a))
	}
	for _, n := range r.notifications {
		r.d.Notifications = append(r.d.Notifications, r.notification(n))
	}
	r.d.Features, r.d.Extensions = list(r.d.Features), list(r.d.Extensions)
	r.d.Types, r.d.Notifications = list(r.d.Types), list(r.d.Notifications)
	r.unused()
	if len(r.errs) == 0 {
		r.checkValues()
	}
	return r.d, errors.Join(r.errs...)
}

func (r *resolver) options(from []placed[option]) (all []schema.Option) {
	for _, o := range from {
		r.req(o.at, o.Value.Req)
		all = append(all, schema.Option{Name: o.Name, Doc: o.Value.Doc, Req: o.Value.Req})
	}
	return all
}

// req checks a citation, if there is one.
func (r *resolver) req(at place, id string) {
	if id != "" && !r.known(id) {
		r.failf(at, "there is no requirement %s", id)
	}
}

// cite checks a citation that must be there.
func (r *resolver) cite(at place, what, id string) {
	if id == "" {
		r.failf(at, "%s cites no requirement", what)
	}
	r.req(at, id)
}

func (r *resolver) option(at place, feature, extension string) {
	for _, c := range []struct {
		kind, name string
		all        []placed[option]
	}{{"feature", feature, r.features}, {"extension", extension, r.extensions}} {
		if c.name == "" {
			continue
		}
		r.used[c.kind+" "+c.name] = true
		if !has(c.all, c.name) {
			r.failf(at, "there is no %s %s", c.kind, c.name)
		}
	}
}

func has[T any](all []placed[T], name string) bool {
	for _, p := range all {
		if p.Name == name {
			return true
		}
	}
	return false
}

// fields resolves the keys of one map; req is cited by those that cite nothing.
func (r *resolver) fields(file string, from ordered[field], req string) (all []schema.Field) {
	for _, e := range from {
		all = append(all, r.field(place{file, e.Line}, e.Name, e.Value, req))
	}
	return all
}

func (r *resolver) field(at place, name string, f field, req string) schema.Field {
	r.option(at, f.Feature, f.Extension)
	out := schema.Field{
		Name: name, Doc: f.Doc, Required: f.Required, Also: f.Also, DefaultDoc: f.DefaultDoc,
		Feature: f.Feature, Extension: f.Extension,
		Examples: plain(f.Examples), Invalid: plain(f.Invalid),
	}
	out.Shape = r.shape(at, f.Type)
	r.constrain(at, &out.Shape, f.Rules)
	r.lenient(at, out.Shape, f.Required)
	own := cmp.Or(f.Req, req)
	out.Req = cmp.Or(own, r.missingReq(f.Required))
	out.Shape.Req = cmp.Or(f.RuleReq, out.Shape.Req, own, r.envelope.TypeReq)
	for _, id := range append([]string{out.Req, out.Shape.Req}, f.Also...) {
		r.cite(at, name, id)
	}
	if t := r.d.Type(out.Shape.Type); t != nil && scalar(out.Shape) {
		out.Examples = append(out.Examples, t.Examples...)
		for _, v := range t.Invalid {
			if string(v) != "null" || !f.Nullable {
				out.Invalid = append(out.Invalid, v)
			}
		}
	}
	if f.Required && (f.Default != nil || f.DefaultDoc != "") {
		r.failf(at, "%s is required and has a default", name)
	}
	out.Default, out.DefaultLimit = r.defaultOf(at, f.Default)
	return out
}

// missingReq is cited by a field that cites nothing itself.
func (r *resolver) missingReq(required bool) string {
	if required {
		return r.envelope.MissingReq
	}
	return r.envelope.TypeReq
}

// defaultOf resolves a default that names a limit.
func (r *resolver) defaultOf(at place, v value) (schema.Value, string) {
	name, ok := strings.CutPrefix(string(v), `"$`)
	if !ok {
		return schema.Value(v), ""
	}
	name = strings.TrimSuffix(name, `"`)
	b := r.bound(at, bound{set: true, limit: name})
	if b == nil {
		return nil, ""
	}
	return schema.Value(strconv.FormatInt(b.Value, 10)), name
}

// list is never nil: an empty list of the model is written as [], not as null.
func list[T any](all []T) []T { return append([]T{}, all...) }

func plain(from values) (all []schema.Value) {
	for _, v := range from {
		all = append(all, schema.Value(v))
	}
	return all
}
