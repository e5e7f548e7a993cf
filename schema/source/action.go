// SPDX-License-Identifier: Apache-2.0

package source

import (
	"regexp"
	"slices"

	"github.com/zaqarwire/zaqarwire/schema"
)

var access = []string{"anyone", "caller", "admin"}

func (r *resolver) action(p placed[action]) schema.Action {
	a := p.Value
	r.option(p.at, a.Feature, a.Extension)
	out := schema.Action{
		Name: p.Name, Doc: a.Doc, Access: a.Access, Feature: a.Feature, Extension: a.Extension,
		RequiredHeaders: r.envelope.RequiredHeaders,
		Body:            schema.Shape{Kind: schema.Struct, OneOf: a.OneOf, Req: a.OneOfReq},
		Request:         list(r.fields(p.at.file, a.Request, "")),
	}
	if out.Access == "" {
		out.Access = "caller"
	}
	if !slices.Contains(access, out.Access) {
		r.failf(p.at, "access is %q, not one of %v", a.Access, access)
	}
	if a.Headers != nil {
		out.RequiredHeaders = *a.Headers
	}
	out.RequiredHeaders = list(out.RequiredHeaders)
	for _, h := range out.RequiredHeaders {
		if !has(r.headers, h) {
			r.failf(p.at, "there is no header %s", h)
		}
	}
	r.choices(p.at, a.Request, a.OneOf)
	if a.OneOf != nil {
		r.cite(p.at, "the choice of "+p.Name, a.OneOfReq)
	}
	out.Responses = r.responses(p)
	out.Rest = r.rest(p)
	for _, e := range a.Examples {
		out.Examples = append(out.Examples, schema.Exchange{
			Request:  schema.Value(e.Request),
			Response: schema.Reply{Status: e.Response.Status, Body: schema.Value(e.Response.Body)},
		})
	}
	if len(out.Examples) == 0 {
		r.failf(p.at, "%s has no example", p.Name)
	}
	return out
}

func (r *resolver) responses(p placed[action]) (all []schema.Response) {
	for _, e := range p.Value.Responses {
		at := place{p.at.file, e.Line}
		r.cite(at, e.Name, e.Value.Req)
		if s := e.Value.Status; s < 100 || s > 599 {
			r.failf(at, "status %d is none of HTTP", s)
		}
		if e.Value.When == "" {
			r.failf(at, "%s does not say when", e.Name)
		}
		all = append(all, schema.Response{
			Name: e.Name, Status: e.Value.Status, When: e.Value.When, Req: e.Value.Req,
			Body: r.shape(at, e.Value.Body),
		})
	}
	return all
}

var inBraces = regexp.MustCompile(`\{([^}]*)\}`)

// rest resolves the HTTP binding, whose names must be the action's.
func (r *resolver) rest(p placed[action]) *schema.Rest {
	from := p.Value.Rest
	if from == nil {
		return nil
	}
	field := func(at place, name string) {
		if !slices.ContainsFunc(p.Value.Request, func(e entry[field]) bool { return e.Name == name }) {
			r.failf(at, "rest names %s, which is no field", name)
		}
	}
	if !slices.Contains([]string{"GET", "PUT", "POST", "PATCH", "DELETE"}, from.Method) {
		r.failf(p.at, "rest has the method %q", from.Method)
	}
	for _, m := range inBraces.FindAllStringSubmatch(from.Path, -1) {
		field(p.at, m[1])
	}
	if from.Payload != "" {
		field(p.at, from.Payload)
	}
	out := &schema.Rest{Method: from.Method, Path: from.Path, Payload: from.Payload}
	for _, q := range from.Query {
		field(place{p.at.file, q.Line}, q.Value)
		out.Query = append(out.Query, schema.Param{Name: q.Name, Field: q.Value})
	}
	for _, e := range from.Replies {
		if !slices.ContainsFunc(p.Value.Responses, func(s entry[response]) bool { return s.Name == e.Name }) {
			r.failf(place{p.at.file, e.Line}, "rest names the response %s, which is none", e.Name)
		}
		out.Replies = append(out.Replies, schema.RestReply{Response: e.Name, Status: e.Value.Status, Note: e.Value.Note})
	}
	out.Query, out.Replies = list(out.Query), list(out.Replies)
	return out
}

func (r *resolver) notification(p placed[notification]) schema.Notification {
	n := p.Value
	r.option(p.at, n.Feature, n.Extension)
	r.cite(p.at, p.Name, n.Req)
	return schema.Notification{
		Name: p.Name, Doc: n.Doc, When: n.When, Feature: n.Feature, Extension: n.Extension, Req: n.Req,
		Body:     schema.Shape{Kind: schema.Struct},
		Fields:   list(r.fields(p.at.file, n.Body, n.Req)),
		Examples: list(plain(n.Examples)),
	}
}
