// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimCountOfNone = Mutant{
	Name: "claim-count-of-none", Breaks: spec.QUE43,
	Does: "queue_create takes a _max_claim_count of none for no bound",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		delete(metadataOf(body), "_max_claim_count")
		return metadataOf(body) != nil && r.Path == "body.metadata._max_claim_count"
	}),
}
