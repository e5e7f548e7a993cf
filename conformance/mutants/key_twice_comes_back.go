// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var keyTwiceComesBack = Mutant{
	Name: "key-twice-comes-back", Breaks: spec.FRM28,
	Does: "a map with a key twice in a binary message is accepted, and comes back as it is",
	Codec: func(next ws.Codec) ws.Codec {
		return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
			req := next.Decode(f, frame)
			if f != wire.MsgPack || req.Refusal == nil || req.Refusal.Rule != "duplicate" {
				return req
			}
			again := new(wire.Request)
			n, rest, _ := msgp.ReadMapHeaderBytes(frame)
			for range n {
				var key string
				var value wire.Raw
				key, rest, _ = msgp.ReadStringBytes(rest)
				rest, _ = value.UnmarshalMsg(rest)
				switch key {
				case "action":
					again.Echo.Action = value
				case "body":
					again.Body, again.Echo.Body = value, value
				case "headers":
					again.Echo.Headers = value
					_ = value.Decode(&again.Headers)
				}
			}
			again.Action, _ = valueOf(again.Echo.Action).(string)
			return again
		}}
	},
}
