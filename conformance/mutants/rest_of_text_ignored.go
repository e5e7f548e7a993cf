// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"encoding/json"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var restOfTextIgnored = Mutant{
	Name: "rest-of-text-ignored", Breaks: spec.FRM43,
	Does: "what follows the value in a text message is passed over",
	Codec: repairing(wire.JSON, func(frame []byte) []byte {
		var first json.RawMessage
		_ = json.NewDecoder(bytes.NewReader(frame)).Decode(&first) // without a value there is none
		return first
	}),
}
