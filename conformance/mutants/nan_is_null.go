// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"regexp"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var nanIsNull = Mutant{
	Name: "nan-is-null", Breaks: spec.FRM49,
	Does: "NaN, Infinity and floats that are too large are read as null in a text message",
	Codec: func(next ws.Codec) ws.Codec {
		return codec{Codec: next, decode: func(f wire.Format, frame []byte) *wire.Request {
			req := next.Decode(f, frame)
			if req.Refusal == nil || req.Refusal.Rule != "number" {
				return req
			}
			number := regexp.MustCompile(`-?(NaN|Infinity)|-?[0-9.]+[eE][+]?[0-9]{3,}`)
			return next.Decode(f, number.ReplaceAll(frame, []byte("null")))
		}}
	},
}
