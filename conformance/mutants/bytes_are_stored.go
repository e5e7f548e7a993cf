// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var bytesAreStored = Mutant{
	Name: "bytes-are-stored", Breaks: spec.MSG9, Fact: "F259",
	Does:  "message_post stores bytes, extensions and all, and breaks off the replies that would have to hold them",
	Codec: undeliverable(wire.MsgPack, ruleForeign),
}
