// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"slices"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var oneClaimDeletesAll = Mutant{
	Name: "one-claim-deletes-all", Breaks: spec.MSG63,
	Does:  "message_delete_many deletes all that is named when claim_ids has the claim of one of them",
	Store: func(next store.Data) store.Data { return easygoing{next} },
}

type easygoing struct{ store.Data }

func (s easygoing) DeleteMessages(ctx context.Context, q store.Queue, ids, claims []string) error {
	all := holders(ctx, s, q, ids)
	if slices.ContainsFunc(all, func(id string) bool { return slices.Contains(claims, id) }) {
		claims = all
	}
	return s.Data.DeleteMessages(ctx, q, ids, claims)
}
