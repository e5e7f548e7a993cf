// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimAgeCountsDown = Mutant{
	Name: "claim-age-counts-down", Breaks: spec.CLM17,
	Does: "claim_get gives as age what is left of the ttl",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		age, _ := body["age"].(int64)
		ttl, _ := body["ttl"].(int64)
		body["age"] = ttl - age
		return body
	}, "claim_get"),
}
