// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shortMessagePadded = Mutant{
	Name: "short-message-padded", Breaks: spec.FRM44,
	Does: "a binary message that is cut short is filled up with the letter x",
	Codec: repairing(wire.MsgPack, func(frame []byte) []byte {
		for range 40 {
			frame = append(frame, 'x')
			if new(wire.Door).Decode(wire.MsgPack, frame).Refusal == nil {
				break
			}
		}
		return frame
	}),
}
