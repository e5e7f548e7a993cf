// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var noClaimDeletesEverything = Mutant{
	Name: "no-claim-deletes-everything", Breaks: spec.MSG63, Fact: "F317",
	Does: "message_delete_many with an empty list of claim_ids deletes what any claim holds",
	Codec: forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		body["claim_ids"] = []any{everyClaim}
		return r.Path == "body.claim_ids" && r.Rule == ruleMinItems
	}),
	Store: func(next store.Data) store.Data { return lenient{next} },
}

// everyClaim stands for the claims of all messages that are to be deleted.
const everyClaim = "every claim"

type lenient struct{ store.Data }

func (s lenient) DeleteMessages(ctx context.Context, q store.Queue, ids, claims []string) error {
	if slices.Contains(claims, everyClaim) {
		claims = holders(ctx, s, q, ids)
	}
	return s.Data.DeleteMessages(ctx, q, ids, claims)
}
