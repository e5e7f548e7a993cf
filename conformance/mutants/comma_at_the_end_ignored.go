// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var commaAtTheEndIgnored = Mutant{
	Name: "comma-at-the-end-ignored", Breaks: spec.FRM43,
	Does: "a comma after the last member of a map is passed over in a text message",
	Codec: repairing(wire.JSON, func(frame []byte) []byte {
		return bytes.ReplaceAll(frame, []byte(",}"), []byte("}"))
	}),
}
