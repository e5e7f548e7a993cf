// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownHeaderRefused = Mutant{
	Name: "unknown-header-refused", Breaks: spec.FRM58,
	Does: "a request with a header that is unknown is refused",
	Codec: choosy(func(req *wire.Request, _ wire.Format, _ []byte) bool {
		headers, _ := valueOf(req.Echo.Headers).(object)
		for name := range headers {
			if !slices.ContainsFunc(schema.Model().Headers, func(f schema.Field) bool { return f.Name == name }) {
				return true
			}
		}
		return false
	}),
}
