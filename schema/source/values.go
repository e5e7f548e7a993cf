// SPDX-License-Identifier: Apache-2.0

package source

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema"
)

// checkValues holds every example and default against its own rules.
func (r *resolver) checkValues() {
	c := checker{r.d}
	for i, t := range r.types {
		to := r.d.Types[i]
		r.examples(t.at, t.Name, to.Shape, to.Examples, to.Invalid)
		r.fieldValues(t.at.file, t.Value.Fields, to.Fields)
	}
	for i, h := range r.headers {
		f := r.d.Headers[i]
		r.examples(h.at, f.Name, f.Shape, f.Examples, f.Invalid)
	}
	r.fieldValues(r.envelopeAt.file, r.envelope.Request, r.d.Envelope.Request)
	r.fieldValues(r.envelopeAt.file, r.envelope.Reply, r.d.Envelope.Reply)
	headers := schema.Shape{Kind: schema.Struct}
	if err := c.structure("headers", headers, r.d.Headers, decode(r.d.Envelope.ExampleHeaders)); err != nil {
		r.failf(r.envelopeAt, "example: %v", err)
	}
	for i, a := range r.actions {
		r.fieldValues(a.at.file, a.Value.Request, r.d.Actions[i].Request)
		r.exchanges(c, a.at, r.d.Actions[i])
	}
	for i, n := range r.notifications {
		to := r.d.Notifications[i]
		r.fieldValues(n.at.file, n.Value.Body, to.Fields)
		for _, v := range to.Examples {
			if err := c.structure("body", to.Body, to.Fields, decode(v)); err != nil {
				r.failf(n.at, "example %s: %v", v, err)
			}
		}
	}
}

func (r *resolver) fieldValues(file string, from ordered[field], to []schema.Field) {
	for i, e := range from {
		at, f := place{file, e.Line}, to[i]
		r.examples(at, f.Name, f.Shape, f.Examples, f.Invalid)
		if f.Default != nil {
			r.examples(at, "default of "+f.Name, f.Shape, []schema.Value{f.Default}, nil)
		}
	}
}

// examples checks that the good values keep the rules and that each bad one breaks one.
func (r *resolver) examples(at place, name string, s schema.Shape, good, bad []schema.Value) {
	c := checker{r.d}
	for _, v := range good {
		if err := c.value(name, s, decode(v)); err != nil {
			r.failf(at, "example %s: %v", v, err)
		}
	}
	for _, v := range bad {
		if c.value(name, s, decode(v)) == nil {
			r.failf(at, "%s: the invalid example %s breaks no rule", name, v)
		}
	}
}

// exchanges checks an action's examples. A request answered with 400 may break
// a rule; every other one may not.
func (r *resolver) exchanges(c checker, at place, a schema.Action) {
	for _, e := range a.Examples {
		if e.Response.Status != 400 {
			if err := c.structure("body", a.Body, a.Request, decode(e.Request)); err != nil {
				r.failf(at, "example %s: request: %v", a.Name, err)
			}
		}
		i := slices.IndexFunc(a.Responses, func(s schema.Response) bool { return s.Status == e.Response.Status })
		if i < 0 {
			r.failf(at, "example %s: no response has the status %d", a.Name, e.Response.Status)
			continue
		}
		if err := c.value("body", a.Responses[i].Body, decode(e.Response.Body)); err != nil {
			r.failf(at, "example %s: response: %v", a.Name, err)
		}
	}
}
