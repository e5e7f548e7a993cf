// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimTTLTooLong = Mutant{
	Name: "claim-ttl-too-long", Breaks: spec.CLM6,
	Does: "claim_create accepts any ttl, and gives the default one instead",
	Codec: forgiving(func(r *wire.Refusal, req *wire.Request, body object) bool {
		delete(body, "ttl")
		return req.Action == "claim_create" && r.Path == "body.ttl"
	}),
}
