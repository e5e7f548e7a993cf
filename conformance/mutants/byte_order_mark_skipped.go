// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var byteOrderMarkSkipped = Mutant{
	Name: "byte-order-mark-skipped", Breaks: spec.FRM43,
	Does:  "a byte order mark before the value of a text message is passed over",
	Codec: repairing(wire.JSON, func(frame []byte) []byte { return bytes.TrimPrefix(frame, []byte("\ufeff")) }),
}
