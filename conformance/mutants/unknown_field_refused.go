// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownFieldRefused = Mutant{
	Name: "unknown-field-refused", Breaks: spec.FRM58,
	Does: "a request with a field that its action does not have is refused",
	Codec: choosy(func(req *wire.Request, _ wire.Format, _ []byte) bool {
		body, _ := valueOf(req.Body).(object)
		for name := range body {
			fields := schema.Model().Action(req.Action).Request
			if !slices.ContainsFunc(fields, func(f schema.Field) bool { return f.Name == name }) {
				return true
			}
		}
		return false
	}),
}
