// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var headerOfBytes = Mutant{
	Name: "header-of-bytes", Breaks: spec.FRM64,
	Does:  "bytes are taken for a string in a header",
	Codec: repairing(wire.MsgPack, bytesAsStrings("headers")),
}
