// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var fieldOfBytes = Mutant{
	Name: "field-of-bytes", Breaks: spec.FRM57,
	Does:  "bytes are taken for a string in a field of the body",
	Codec: repairing(wire.MsgPack, bytesAsStrings("body")),
}
