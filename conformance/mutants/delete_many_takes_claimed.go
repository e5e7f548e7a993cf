// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var deleteManyTakesClaimed = Mutant{
	Name: "delete-many-takes-claimed", Breaks: spec.MSG50, Fact: "F315",
	Does:  "message_delete_many deletes messages that a claim holds without being given the claim",
	Store: func(next store.Data) store.Data { return ruthless{next} },
}

type ruthless struct{ store.Data }

func (s ruthless) DeleteMessages(ctx context.Context, q store.Queue, ids, claims []string) error {
	return s.Data.DeleteMessages(ctx, q, ids, append(claims, holders(ctx, s, q, ids)...))
}
