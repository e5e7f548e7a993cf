// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var nullFieldIsAbsent = Mutant{
	Name: "null-field-is-absent", Breaks: spec.FRM57,
	Does: "null for a field that may be absent is taken as its absence",
	Codec: forgiving(func(r *wire.Refusal, req *wire.Request, body object) bool {
		field := strings.TrimPrefix(r.Path, "body.")
		value, is := body[field]
		delete(body, field)
		return r.Rule == "type" && is && value == nil && !isRequired(req.Action, field)
	}),
}

func isRequired(action, field string) bool {
	a := schema.Model().Action(action)
	return a != nil && slices.ContainsFunc(a.Request, func(f schema.Field) bool { return f.Name == field && f.Required })
}
