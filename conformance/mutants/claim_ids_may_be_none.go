// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimIDsMayBeNone = Mutant{
	Name: "claim-ids-may-be-none", Breaks: spec.MSG51, Fact: "F317",
	Does: "message_delete_many takes an empty list of claim_ids for all claims",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		delete(body, "claim_ids")
		return r.Path == "body.claim_ids" && r.Rule == ruleMinItems
	}),
}
