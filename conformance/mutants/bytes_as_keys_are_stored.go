// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var bytesAsKeysAreStored = Mutant{
	Name: "bytes-as-keys-are-stored", Breaks: spec.MSG9,
	Does:  "message_post stores a map whose keys are bytes, and breaks off the replies that would have to hold it",
	Codec: undeliverable(wire.MsgPack, ruleKey),
}
