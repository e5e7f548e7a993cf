// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var ownMessagesAreListed = Mutant{
	Name: "own-messages-are-listed", Breaks: spec.MSG27,
	Does:  "message_list shows a client its own messages, with echo or without",
	Store: filtering(func(f *store.Filter, _ store.Page) { f.NotFrom = "" }),
}
