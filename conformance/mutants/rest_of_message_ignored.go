// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var restOfMessageIgnored = Mutant{
	Name: "rest-of-message-ignored", Breaks: spec.FRM44,
	Does: "what follows the value in a binary message is passed over",
	Codec: repairing(wire.MsgPack, func(frame []byte) []byte {
		rest, _ := msgp.Skip(frame) // what is no value at all stays
		return frame[:len(frame)-len(rest)]
	}),
}
