// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var lineBreakInAString = Mutant{
	Name: "line-break-in-a-string", Breaks: spec.FRM43,
	Does: "a string of a text message may hold a line break that is not escaped",
	Codec: repairing(wire.JSON, func(frame []byte) []byte {
		return bytes.ReplaceAll(frame, []byte("\n"), []byte(`\n`))
	}),
}
