// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var postOfAHundredAtMost = Mutant{
	Name: "post-of-a-hundred-at-most", Breaks: spec.MSG11,
	Does: "message_post refuses more than 100 messages, however small they are",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return len(messagesOf(body)) > 100
	}, "message_post"),
}
