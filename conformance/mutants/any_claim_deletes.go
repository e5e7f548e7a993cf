// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var anyClaimDeletes = Mutant{
	Name: "any-claim-deletes", Breaks: spec.MSG45,
	Does: "message_delete deletes a message whatever claim it is given",
	Store: deletingUnder(func(m store.Message, claim *string) *string {
		switch {
		case claim == nil:
			return nil
		case m.ClaimID == "":
			return nil
		}
		return &m.ClaimID
	}),
}
