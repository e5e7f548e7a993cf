// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimsRoundLargeIntegers = Mutant{
	Name: "claims-round-large-integers", Breaks: spec.MSG10,
	Does: "claim_create rounds integers above 2^53 in bodies, as floats are",
	API: bodies(statusCreated, func(_ *wire.Request, body object) any {
		for _, m := range messagesOf(body) {
			m["body"] = each(m["body"], func(v any) any {
				if n, is := v.(uint64); is && n > 1<<53 {
					return n &^ 1
				}
				return v
			})
		}
		return body
	}, "claim_create"),
}
