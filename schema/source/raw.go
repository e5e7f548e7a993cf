// SPDX-License-Identifier: Apache-2.0

package source

// file is one file of the source, or all of them put together. Its keys are
// described in ../metamodel.schema.json.
type file struct {
	Protocol      *protocol             `yaml:"protocol"`
	Limits        ordered[limit]        `yaml:"limits"`
	Features      ordered[option]       `yaml:"features"`
	Extensions    ordered[option]       `yaml:"extensions"`
	Headers       ordered[field]        `yaml:"headers"`
	Envelope      *envelope             `yaml:"envelope"`
	Types         ordered[typ]          `yaml:"types"`
	Actions       ordered[action]       `yaml:"actions"`
	Notifications ordered[notification] `yaml:"notifications"`
}

type protocol struct {
	Name  string   `yaml:"name"`
	Title string   `yaml:"title"`
	API   string   `yaml:"api"`
	Doc   string   `yaml:"doc"`
	Files []string `yaml:"files"`
}

type limit struct {
	Default int64  `yaml:"default"`
	Unit    string `yaml:"unit"`
	Doc     string `yaml:"doc"`
	Req     string `yaml:"req"`
}

type option struct {
	Doc string `yaml:"doc"`
	Req string `yaml:"req"`
}

type envelope struct {
	RequiredHeaders []string       `yaml:"required_headers"`
	MissingReq      string         `yaml:"missing_req"`
	TypeReq         string         `yaml:"type_req"`
	Request         ordered[field] `yaml:"request"`
	Reply           ordered[field] `yaml:"reply"`
	Examples        struct {
		Headers value `yaml:"headers"`
	} `yaml:"examples"`
}

// Rules are what a value must keep. The name is exported because the YAML library
// cannot set an embedded struct whose name is not.
type Rules struct {
	Nullable bool     `yaml:"nullable"`
	Unit     string   `yaml:"unit"`
	Min      bound    `yaml:"min"`
	Max      bound    `yaml:"max"`
	MinLen   bound    `yaml:"min_len"`
	MaxLen   bound    `yaml:"max_len"`
	MinItems bound    `yaml:"min_items"`
	MaxItems bound    `yaml:"max_items"`
	MaxBytes bound    `yaml:"max_bytes"`
	Pattern  string   `yaml:"pattern"`
	Enum     []string `yaml:"enum"`
	Should   []string `yaml:"should"`
	Examples values   `yaml:"examples"`
	Invalid  values   `yaml:"invalid"`
	Doc      string   `yaml:"doc"`
	Req      string   `yaml:"req"`
}

type typ struct {
	Rules  `yaml:",inline"`
	Base   string         `yaml:"base"`
	Fields ordered[field] `yaml:"fields"`
	OneOf  []string       `yaml:"one_of"`
	AnyOf  []string       `yaml:"any_of"`
}

type field struct {
	Rules      `yaml:",inline"`
	Type       string   `yaml:"type"`
	Required   bool     `yaml:"required"`
	Default    value    `yaml:"default"`
	DefaultDoc string   `yaml:"default_doc"`
	RuleReq    string   `yaml:"rule_req"`
	Also       []string `yaml:"also"`
	Feature    string   `yaml:"feature"`
	Extension  string   `yaml:"extension"`
}

type action struct {
	Doc       string            `yaml:"doc"`
	Access    string            `yaml:"access"`
	Feature   string            `yaml:"feature"`
	Extension string            `yaml:"extension"`
	Headers   *[]string         `yaml:"required_headers"`
	Rest      *rest             `yaml:"rest"`
	OneOf     []string          `yaml:"one_of"`
	OneOfReq  string            `yaml:"one_of_req"`
	Request   ordered[field]    `yaml:"request"`
	Responses ordered[response] `yaml:"responses"`
	Examples  []exchange        `yaml:"examples"`
}

type response struct {
	Status int    `yaml:"status"`
	When   string `yaml:"when"`
	Body   string `yaml:"body"`
	Req    string `yaml:"req"`
}

type exchange struct {
	Request  value `yaml:"request"`
	Response struct {
		Status int   `yaml:"status"`
		Body   value `yaml:"body"`
	} `yaml:"response"`
}

type rest struct {
	Method  string             `yaml:"method"`
	Path    string             `yaml:"path"`
	Query   ordered[string]    `yaml:"query"`
	Payload string             `yaml:"payload"`
	Replies ordered[restReply] `yaml:"replies"`
}

type restReply struct {
	Status int    `yaml:"status"`
	Note   string `yaml:"note"`
}

type notification struct {
	Doc       string         `yaml:"doc"`
	When      string         `yaml:"when"`
	Feature   string         `yaml:"feature"`
	Extension string         `yaml:"extension"`
	Body      ordered[field] `yaml:"body"`
	Req       string         `yaml:"req"`
	Examples  values         `yaml:"examples"`
}
