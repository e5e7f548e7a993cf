// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimedMessageIsNeverDeleted = Mutant{
	Name: "claimed-message-is-never-deleted", Breaks: spec.MSG44,
	Does: "message_delete refuses to delete a claimed message also under its claim",
	Store: deletingUnder(func(m store.Message, claim *string) *string {
		if claim != nil && m.ClaimID == *claim {
			return nil
		}
		return claim
	}),
}
