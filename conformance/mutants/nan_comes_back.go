// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"

	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var nanComesBack = Mutant{
	Name: "nan-comes-back", Breaks: spec.FRM28, Fact: "F030",
	Does: "NaN in a text message is accepted, and stands in the reply",
	Codec: func(next ws.Codec) ws.Codec {
		const stand = `"not a number"` // for NaN, within the server
		return codec{
			Codec: next,
			decode: func(f wire.Format, frame []byte) *wire.Request {
				req := next.Decode(f, frame)
				if req.Refusal == nil || req.Refusal.Rule != "number" {
					return req
				}
				return next.Decode(f, bytes.ReplaceAll(frame, []byte("NaN"), []byte(stand)))
			},
			encode: func(f wire.Format, r *wire.Response) ([]byte, error) {
				frame, err := next.Encode(f, r)
				return bytes.ReplaceAll(frame, []byte(stand), []byte("NaN")), err
			},
		}
	},
}
