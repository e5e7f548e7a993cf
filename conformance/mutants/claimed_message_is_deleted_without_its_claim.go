// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimedMessageIsDeletedWithoutItsClaim = Mutant{
	Name: "claimed-message-is-deleted-without-its-claim", Breaks: spec.MSG43,
	Does: "message_delete deletes a message that a claim holds without being given the claim",
	Store: deletingUnder(func(m store.Message, claim *string) *string {
		if claim == nil && m.ClaimID != "" {
			return &m.ClaimID
		}
		return claim
	}),
}
