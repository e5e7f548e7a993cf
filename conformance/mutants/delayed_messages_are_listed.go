// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var delayedMessagesAreListed = Mutant{
	Name: "delayed-messages-are-listed", Breaks: spec.MSG57,
	Does: "message_list shows delayed messages without being asked to",
	API:  requesting(func(_ *wire.Request, body object) { body["include_delayed"] = true }, "message_list"),
}
