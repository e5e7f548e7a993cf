// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"encoding/json"
	"slices"
	"strings"
)

// Definition is the protocol as data: the files of zaqar.v2, resolved. Names of
// scalar types are replaced by their rules, what a field leaves open is written
// out, and each list has the order of its source. It is what gen/model.json holds.
type Definition struct {
	Protocol   Protocol `json:"protocol"`
	Limits     []Limit  `json:"limits"`
	Features   []Option `json:"features"`
	Extensions []Option `json:"extensions"`
	// Headers are the known headers of a request. None is required by itself:
	// see Action.RequiredHeaders.
	Headers  []Field  `json:"headers"`
	Envelope Envelope `json:"envelope"`
	// Types are the named types. A shape of kind struct, or of kind map with
	// declared keys, names its type here; of other named types the shape is a copy.
	Types         []Type         `json:"types"`
	Actions       []Action       `json:"actions"`
	Notifications []Notification `json:"notifications"`
}

// Protocol is the protocol's own name.
type Protocol struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	// API is what a reply's `request.api` says.
	API string `json:"api"`
	Doc string `json:"doc"`
}

// Limit is a number that a deployment may set.
type Limit struct {
	Name string `json:"name"`
	// Unit is s (seconds), B (bytes), or what is counted, in the plural.
	Unit    string `json:"unit"`
	Default int64  `json:"default"`
	Doc     string `json:"doc"`
	Req     string `json:"req,omitempty"`
}

// Option is a feature that a server may leave out, or an extension that goes
// beyond Zaqar.
type Option struct {
	Name string `json:"name"`
	Doc  string `json:"doc"`
	Req  string `json:"req,omitempty"`
}

// Envelope is what surrounds every body.
type Envelope struct {
	Request []Field `json:"request"`
	Reply   []Field `json:"reply"`
	// ExampleHeaders are the headers of every example.
	ExampleHeaders Value `json:"example_headers"`
}

// Kind is what a value is. An int is never a float, nor a bool.
type Kind string

// The kinds. A Struct is a map whose unknown keys a server drops; of a Map it
// keeps them all.
const (
	Any    Kind = "any" // null included
	Bool   Kind = "bool"
	Int    Kind = "int"
	Float  Kind = "float"
	String Kind = "string"
	List   Kind = "list"
	Map    Kind = "map"
	Struct Kind = "struct"
)

// Value is one JSON value of the protocol's value space. Nil means there is none.
type Value = json.RawMessage

// Type is a shape with a name.
type Type struct {
	Name  string `json:"name"`
	Doc   string `json:"doc"`
	Shape Shape  `json:"shape"`
	// Fields are the declared keys of a struct or map.
	Fields []Field `json:"fields,omitempty"`
	// Examples are values that fit; Invalid are values that do not.
	Examples []Value `json:"examples,omitempty"`
	Invalid  []Value `json:"invalid,omitempty"`
}

// Shape is what a value must be.
type Shape struct {
	Kind Kind `json:"kind"`
	// Type is the named type this is, if it is one.
	Type string `json:"type,omitempty"`
	// Nullable lets null through as well.
	Nullable bool `json:"nullable"`
	// Unit is that of a number, as in Limit.
	Unit string `json:"unit,omitempty"`
	// Min and Max bound an int, MinLen and MaxLen a string's code points,
	// MinItems and MaxItems a list; all are inclusive.
	Min      *Bound `json:"min,omitempty"`
	Max      *Bound `json:"max,omitempty"`
	MinLen   *Bound `json:"min_len,omitempty"`
	MaxLen   *Bound `json:"max_len,omitempty"`
	MinItems *Bound `json:"min_items,omitempty"`
	MaxItems *Bound `json:"max_items,omitempty"`
	// MaxBytes bounds a list or map by its length as MessagePack, as it was sent.
	MaxBytes *Bound `json:"max_bytes,omitempty"`
	// Pattern must match the whole string: `$` stands for its very end.
	Pattern string   `json:"pattern,omitempty"`
	Enum    []string `json:"enum,omitempty"`
	// Items is what each item of a list must be; nil allows any.
	Items *Shape `json:"items,omitempty"`
	// OneOf names keys of which exactly one is there; AnyOf keys of which at
	// least one is there, of its type and not null.
	OneOf []string `json:"one_of,omitempty"`
	AnyOf []string `json:"any_of,omitempty"`
	// Should names those rules (required, type, null, min, max, min_len, max_len, pattern,
	// enum, min_items, max_items, max_bytes, one_of) that a server need not
	// check, though it should.
	Should []string `json:"should,omitempty"`
	// Req is the requirement behind these rules; empty in the body of a response.
	Req string `json:"req,omitempty"`
}

// Bound is one end of a range.
type Bound struct {
	// Value is the number; with Limit, that limit's default.
	Value int64 `json:"value"`
	// Limit names the limit that a deployment sets.
	Limit string `json:"limit,omitempty"`
	// Req is the requirement behind this bound; empty means the shape's.
	Req string `json:"req,omitempty"`
}

// Field is one declared key.
type Field struct {
	Name     string `json:"name"`
	Doc      string `json:"doc"`
	Required bool   `json:"required"`
	Shape    Shape  `json:"shape"`
	// Default is what an absent field means; nil if nothing, or if DefaultDoc
	// says it in words. DefaultLimit names the limit that holds it.
	Default      Value  `json:"default,omitempty"`
	DefaultLimit string `json:"default_limit,omitempty"`
	DefaultDoc   string `json:"default_doc,omitempty"`
	// Req is the requirement behind the field: for one that is required, that it
	// is there. Also are more that bear on it.
	Req       string   `json:"req"`
	Also      []string `json:"also,omitempty"`
	Feature   string   `json:"feature,omitempty"`   // names one of Definition.Features
	Extension string   `json:"extension,omitempty"` // names one of Definition.Extensions
	Examples  []Value  `json:"examples,omitempty"`
	Invalid   []Value  `json:"invalid,omitempty"`
}

// Action is one thing a client may ask for.
type Action struct {
	Name string `json:"name"`
	Doc  string `json:"doc"`
	// Access is who may ask: anyone, caller (who is let in) or admin.
	Access          string   `json:"access"`
	Feature         string   `json:"feature,omitempty"`
	Extension       string   `json:"extension,omitempty"`
	RequiredHeaders []string `json:"required_headers"`
	// Body is a struct's shape; Request are its fields.
	Body      Shape      `json:"body"`
	Request   []Field    `json:"request"`
	Responses []Response `json:"responses"`
	Rest      *Rest      `json:"rest,omitempty"`
	Examples  []Exchange `json:"examples"`
}

// Response is one way an action ends.
type Response struct {
	Name   string `json:"name"`
	Status int    `json:"status"`
	// When is the condition, in words.
	When string `json:"when"`
	Body Shape  `json:"body"`
	Req  string `json:"req,omitempty"`
}

// Exchange is one example: a request's body and its reply.
type Exchange struct {
	Request  Value `json:"request"`
	Response Reply `json:"response"`
}

// Reply is the reply of an example.
type Reply struct {
	Status int   `json:"status"`
	Body   Value `json:"body"`
}

// Rest is where an action is found over HTTP. The path holds fields in braces,
// the query the ones named here, and the HTTP body the rest of them as a map,
// or the one field Payload alone.
type Rest struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	// Query maps parameters to fields. A list is joined by commas.
	Query   []Param     `json:"query"`
	Payload string      `json:"payload,omitempty"`
	Replies []RestReply `json:"replies"`
}

// Param is a parameter of a query and the field that it carries.
type Param struct {
	Name  string `json:"name"`
	Field string `json:"field"`
}

// RestReply says how a response differs over HTTP.
type RestReply struct {
	Response string `json:"response"`
	Status   int    `json:"status"`
	Note     string `json:"note,omitempty"`
}

// Notification is a frame that a server sends unasked.
type Notification struct {
	Name      string  `json:"name"`
	Doc       string  `json:"doc"`
	When      string  `json:"when"`
	Feature   string  `json:"feature,omitempty"`
	Extension string  `json:"extension,omitempty"`
	Body      Shape   `json:"body"`
	Fields    []Field `json:"fields"`
	Req       string  `json:"req,omitempty"`
	Examples  []Value `json:"examples"`
}

// Type returns the named type, or nil.
func (d *Definition) Type(name string) *Type {
	for i := range d.Types {
		if d.Types[i].Name == name {
			return &d.Types[i]
		}
	}
	return nil
}

// Limit returns the named limit, or nil.
func (d *Definition) Limit(name string) *Limit {
	for i := range d.Limits {
		if d.Limits[i].Name == name {
			return &d.Limits[i]
		}
	}
	return nil
}

// Action returns the named action, or nil.
func (d *Definition) Action(name string) *Action {
	for i := range d.Actions {
		if d.Actions[i].Name == name {
			return &d.Actions[i]
		}
	}
	return nil
}

// Signable tells whether a signature can permit an action: it acts on what can be
// shared of a queue, and not anyone may ask for it.
func (d *Definition) Signable(a Action) bool {
	shared := d.Type("SharedPath")
	return a.Rest != nil && shared != nil && a.Access != "anyone" && slices.ContainsFunc(shared.Shape.Enum, func(path string) bool {
		return strings.HasPrefix(a.Rest.Path+"/", "/v2/queues/{queue_name}/"+path+"/")
	})
}

// Fields returns the declared keys of a shape; nil if it declares none.
func (d *Definition) Fields(s Shape) []Field {
	if t := d.Type(s.Type); t != nil && (s.Kind == Struct || s.Kind == Map) {
		return t.Fields
	}
	return nil
}

// ExampleHeaders are the headers of an action's examples: those of all examples, and
// the first example of each other header that it requires.
func (d *Definition) ExampleHeaders(a Action) Value {
	headers := map[string]json.RawMessage{}
	if err := json.Unmarshal(d.Envelope.ExampleHeaders, &headers); err != nil {
		return d.Envelope.ExampleHeaders // which zwgen has checked
	}
	for _, h := range d.Headers {
		if _, has := headers[h.Name]; !has && slices.Contains(a.RequiredHeaders, h.Name) && len(h.Examples) > 0 {
			headers[h.Name] = h.Examples[0]
		}
	}
	all, err := json.Marshal(headers)
	if err != nil {
		return d.Envelope.ExampleHeaders // as above
	}
	return all
}
