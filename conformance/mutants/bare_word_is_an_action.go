// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var bareWordIsAnAction = Mutant{
	Name: "bare-word-is-an-action", Breaks: spec.FRM43,
	Does: "a text message that is no JSON but the name of an action asks for that",
	Codec: func(next ws.Codec) ws.Codec {
		return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
			if f == wire.JSON && schema.Model().Action(string(frame)) != nil {
				return &wire.Request{Action: string(frame), Body: rawOf(object{})}
			}
			return next.Decode(f, frame)
		}}
	},
}
