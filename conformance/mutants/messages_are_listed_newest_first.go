// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"slices"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var messagesAreListedNewestFirst = Mutant{
	Name: "messages-are-listed-newest-first", Breaks: spec.MSG23,
	Does: "message_list shows a page with the last posted first",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		if list, ok := body["messages"].([]any); ok {
			slices.Reverse(list)
		}
		return body
	}, "message_list"),
}
