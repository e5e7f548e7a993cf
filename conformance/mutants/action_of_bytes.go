// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var actionOfBytes = Mutant{
	Name: "action-of-bytes", Breaks: spec.FRM53,
	Does:  "bytes are taken for a string as the action",
	Codec: repairing(wire.MsgPack, bytesAsStrings("action")),
}
