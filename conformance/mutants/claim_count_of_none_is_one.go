// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimCountOfNoneIsOne = Mutant{
	Name: "claim-count-of-none-is-one", Breaks: spec.CLM34, Fact: "F310, F311",
	Does: "a _max_claim_count of none bounds claims to one",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		metadata := metadataOf(body)
		if metadata != nil {
			metadata["_max_claim_count"] = int64(1)
		}
		return metadata != nil && r.Path == "body.metadata._max_claim_count"
	}),
}
