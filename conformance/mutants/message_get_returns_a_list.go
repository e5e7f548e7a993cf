// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var messageGetReturnsAList = Mutant{
	Name: "message-get-returns-a-list", Breaks: spec.MSG34,
	Does: "message_get returns a list of one message",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		body["messages"] = []any{body["messages"]}
		return body
	}, "message_get"),
}
