// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimIDsOfAnyKind = Mutant{
	Name: "claim-ids-of-any-kind", Breaks: spec.MSG55,
	Does: "message_delete_many accepts any number of claim_ids, and passes over what is no string",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		list, is := body["claim_ids"].([]any)
		body["claim_ids"] = slices.DeleteFunc(list, func(v any) bool {
			_, text := v.(string)
			return !text
		})
		return is && strings.HasPrefix(r.Path, "body.claim_ids") && r.Rule != ruleMinItems
	}),
}
