// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimDeleteDoesNothing = Mutant{
	Name: "claim-delete-does-nothing", Breaks: spec.CLM29,
	Does:  "claim_delete answers with status 204, and the claim goes on",
	Store: func(next store.Data) store.Data { return clinging{next} },
}

type clinging struct{ store.Data }

func (s clinging) DeleteClaim(context.Context, store.Queue, string) error { return nil }
