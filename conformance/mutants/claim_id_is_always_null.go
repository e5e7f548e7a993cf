// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimIDIsAlwaysNull = Mutant{
	Name: "claim-id-is-always-null", Breaks: spec.MSG19, Fact: "F297",
	Does: "message_list, message_get and message_get_many give null as claim_id of every message",
	Store: viewing(func(v view, m *store.Message) bool {
		if v == viewList || v == viewByID {
			m.ClaimID = ""
		}
		return true
	}),
}
