// SPDX-License-Identifier: Apache-2.0

package wire

import "github.com/tinylib/msgp/msgp"

// This file stands in for what cmd/zwgen generates. Delete it when
// actions_gen.go, limits_gen.go and bodies_gen.go are there.

// Limits are the numbers a server may set. Zero keeps the schema's.
type Limits struct {
	// MaxDepth is how deep a request may nest, in levels; the request itself is the first. Default 100.
	MaxDepth int64
}

// WithDefaults sets each zero limit to the schema's value.
func (l Limits) WithDefaults() Limits {
	if l.MaxDepth == 0 {
		l.MaxDepth = 100
	}
	return l
}

func (l *Limits) of(limitID) int64 { return l.MaxDepth }

// Headers are the known headers of a request.
type Headers struct {
	ClientID  string
	ProjectID string
}

// UnmarshalMsg reads the headers.
func (h *Headers) UnmarshalMsg(b []byte) ([]byte, error) { return msgp.Skip(b) }

var actionRules = map[string]*actionRule{}
