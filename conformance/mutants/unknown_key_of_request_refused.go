// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var unknownKeyOfRequestRefused = Mutant{
	Name: "unknown-key-of-request-refused", Breaks: spec.FRM58,
	Does: "a request with a key that is unknown is refused",
	Codec: choosy(func(_ *wire.Request, f wire.Format, frame []byte) bool {
		return slices.ContainsFunc(keysOf(f, frame), func(k string) bool {
			return !slices.Contains([]string{"action", "headers", "body", "api"}, k)
		})
	}),
}
