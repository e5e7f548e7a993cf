// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var claimedMessagesAreListed = Mutant{
	Name: "claimed-messages-are-listed", Breaks: spec.MSG28,
	Does:  "message_list shows claimed messages, with include_claimed or without",
	Store: filtering(func(f *store.Filter, _ store.Page) { f.Claimed = true }),
}
