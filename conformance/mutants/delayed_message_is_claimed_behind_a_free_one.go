// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var delayedMessageIsClaimedBehindAFreeOne = Mutant{
	Name: "delayed-message-is-claimed-behind-a-free-one", Breaks: spec.MSG58, Fact: "F178",
	Does: "claim_create leases delayed messages when one before them is free",
	Store: func(next store.Data) store.Data {
		return hurried{next, func(free []store.Message) bool { return len(free) > 0 }}
	},
}
