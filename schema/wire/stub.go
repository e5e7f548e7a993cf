// SPDX-License-Identifier: Apache-2.0

package wire

import "github.com/tinylib/msgp/msgp"

// This file stands in for what cmd/zwgen generates. Delete it when
// actions_gen.go, limits_gen.go and bodies_gen.go are there.

// Limits are the numbers a server may set. Zero keeps the schema's.
type Limits struct {
	// MaxDepth is how deep a request may nest, in levels; the request itself is the first. Default 100.
	MaxDepth int64
	// MaxMessageTTL is in seconds. Default 1209600.
	MaxMessageTTL int64
}

// WithDefaults sets each zero limit to the schema's value.
func (l Limits) WithDefaults() Limits {
	if l.MaxDepth == 0 {
		l.MaxDepth = 100
	}
	if l.MaxMessageTTL == 0 {
		l.MaxMessageTTL = 1209600
	}
	return l
}

const limitMaxMessageTTL limitID = 1

func (l *Limits) of(limitID) int64 { return l.MaxMessageTTL }

// Headers are the known headers of a request.
type Headers struct {
	ClientID  string
	ProjectID string
}

// UnmarshalMsg reads the headers.
func (h *Headers) UnmarshalMsg(b []byte) ([]byte, error) {
	n, b, err := msgp.ReadMapHeaderBytes(b)
	for range n {
		var key []byte
		key, b, err = msgp.ReadMapKeyZC(b)
		switch string(key) {
		case "Client-ID":
			h.ClientID, b, err = msgp.ReadStringBytes(b)
		case "X-Project-ID":
			h.ProjectID, b, err = msgp.ReadStringBytes(b)
		default:
			b, err = msgp.Skip(b)
		}
		if err != nil {
			break
		}
	}
	return b, err
}

var stubHeaders = typeRule{kind: kindMap, fields: []fieldRule{
	{name: "Client-ID", required: true, req: "FRM-62", typ: &typeRule{kind: kindString}},
	{name: "X-Project-ID", required: true, req: "FRM-63", typ: &typeRule{kind: kindString}},
}}

var actionRules = map[string]*actionRule{
	"message_post": {name: "message_post", headers: stubHeaders, body: typeRule{kind: kindMap, fields: []fieldRule{
		{name: "queue_name", required: true, typ: &typeRule{kind: kindString, pattern: newPattern("^[a-zA-Z0-9_.-]+$")}},
		{name: "messages", required: true, typ: &typeRule{kind: kindList, minItems: bound{set: true, n: 1}, items: &typeRule{kind: kindMap, fields: []fieldRule{
			{name: "ttl", typ: &typeRule{kind: kindInt, min: bound{set: true, n: 60}, max: bound{set: true, limit: limitMaxMessageTTL}}},
			{name: "body", required: true, typ: &typeRule{kind: kindAny}},
		}}}},
	}}},
	"queue_list": {name: "queue_list", headers: stubHeaders, body: typeRule{kind: kindMap}},
}
