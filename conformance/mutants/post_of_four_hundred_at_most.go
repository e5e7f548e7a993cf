// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var postOfFourHundredAtMost = Mutant{
	Name: "post-of-four-hundred-at-most", Breaks: spec.MSG17,
	Does: "message_post refuses more than 400 messages, however small they are",
	API: refusing(statusBadRequest, func(_ *wire.Request, body object) bool {
		return len(messagesOf(body)) > 400
	}, "message_post"),
}
