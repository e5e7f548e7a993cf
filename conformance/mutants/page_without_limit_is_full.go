// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var pageWithoutLimitIsFull = Mutant{
	Name: "page-without-limit-is-full", Breaks: spec.MSG25,
	Does: "message_list without a limit returns 20 messages, not 10",
	API: requesting(func(_ *wire.Request, body object) {
		if _, limited := body["limit"]; !limited {
			body["limit"] = 20
		}
	}, "message_list"),
}
