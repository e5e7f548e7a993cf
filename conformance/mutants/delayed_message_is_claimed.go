// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var delayedMessageIsClaimed = Mutant{
	Name: "delayed-message-is-claimed", Breaks: spec.MSG58,
	Does: "claim_create leases delayed messages when no other is free",
	Store: func(next store.Data) store.Data {
		return hurried{next, func(free []store.Message) bool { return len(free) == 0 }}
	},
}
